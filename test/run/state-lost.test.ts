import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { withFolder } from '../config/helpers.ts';
import { fc, runs } from '../helpers/random.ts';
import { botNotes, botToken, brokenKr, perfectKr, projectId } from '../helpers/world.ts';
import { type Night, night, tickingWorld } from './nights.ts';

/** STATES=… plays so many backlogs. */
const backlogs = Number(process.env['STATES'] ?? runs(20));

const update = [
  'Week of 2026-11-16',
  'Status: :warning: - Requires Escalation',
  'Percent complete: 45%',
  '### Completed',
  '- The list is there.',
  '### Next steps',
  '- Rotate.',
].join('\n');

const kinds = [
  perfectKr,
  brokenKr,
  { ...brokenKr, confidential: true },
  { ...brokenKr, notes: [{ author: 'ann', body: 'kr: snooze 2w because of the audit' }] },
  { ...perfectKr, notes: [{ author: 'ann', body: update }] },
  { ...brokenKr, notes: [{ author: 'ann', body: '@kr-bot waive require-okr-link because we have none' }] },
  { ...perfectKr, state: 'closed' as const },
];

type Deed = (sandbox: Sandbox, iid: number) => void;

/** What people do between two nights. */
const deeds: Deed[] = [
  (sandbox, iid) => void sandbox.state.addNote('ann', projectId, iid, update),
  (sandbox, iid) => void sandbox.state.addNote('mallory', projectId, iid, 'kr: recheck'),
  (sandbox, iid) => void sandbox.state.editIssue('carol', projectId, iid, { dueDate: '2027-01-29' }),
  (sandbox, iid) => void sandbox.state.editIssue('carol', projectId, iid, { labels: ['KR'] }),
  (sandbox, iid) =>
    void sandbox.state.editIssue('carol', projectId, iid, { description: perfectKr.description }),
  (sandbox, iid) => {
    const [note] = botNotes(sandbox, iid);
    if (note !== undefined) sandbox.state.deleteNote('carol', projectId, iid, note.id);
  },
  (sandbox, iid) => {
    const [note] = botNotes(sandbox, iid);
    if (note !== undefined) sandbox.state.editNote('carol', projectId, iid, note.id, `${note.body} x`);
  },
  (sandbox, iid) => {
    const note = sandbox.state.notes(projectId, iid).find(({ system }) => !system);
    if (note !== undefined) sandbox.state.deleteNote('carol', projectId, iid, note.id);
  },
];

const said = ({ summary, subjects }: Night): object => ({ ...summary, requests: null, subjects });

/** Places of every part of the file: header, blocks, seals, index, trailer; and some by chance. */
function cuts(length: number, random: readonly number[]): number[] {
  const edges = [0, 1, 18, 19, 20, 34, 35, 36, 51, length - 60, length - 26, length - 25, length - 20];
  const inside = [...edges, length - 17, length - 2, length - 1, ...random.map((one) => one % length)];
  return [...new Set(inside.filter((at) => at >= 0 && at < length))];
}

test('state that is lost, cut short, flipped, old, or of another token, policy or backlog changes nothing but the number of requests', async () => {
  const backlog = fc.array(fc.nat(kinds.length - 1), { minLength: 2, maxLength: 6 });
  const changes = fc.array(fc.tuple(fc.nat(deeds.length - 1), fc.nat(5)), { maxLength: 4 });
  const chances = fc.array(fc.nat(100_000), { minLength: 4, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(backlog, changes, changes, chances, async (picked, earlier, later, random) => {
      const world = picked.map((kind) => kinds[kind] as (typeof kinds)[number]);
      const sandbox = await tickingWorld(world);
      const play = (planned: typeof later): void => {
        for (const [deed, at] of planned) (deeds[deed] as Deed)(sandbox, 1 + (at % world.length));
      };
      try {
        await withFolder({}, async (folder) => {
          const file = path.join(folder, 'state.bin');
          await night(sandbox, 0, file);
          const old = await readFile(file);
          play(earlier);
          await night(sandbox, 1, file);
          const good = await readFile(file);
          play(later);
          const without = await night(sandbox, 2, null, { apply: false });
          const tryWith = async (
            bytes: Buffer | null,
            options: { secret?: string; context?: string } = {},
          ): Promise<number> => {
            await rm(file, { force: true });
            if (bytes !== null) await writeFile(file, bytes);
            const result = await night(sandbox, 2, file, { apply: false, ...options });
            expect(said(result)).toEqual(said(without));
            return result.asked.length;
          };
          const most = without.asked.length;
          const least = await tryWith(good);
          expect(least).toBeLessThanOrEqual(most);
          expect(await tryWith(null)).toBe(most);
          expect(await tryWith(Buffer.alloc(0))).toBe(most);
          expect(await tryWith(good, { secret: `${botToken}-rotated` })).toBe(most);
          expect(await tryWith(good, { context: 'policy 2' })).toBeLessThanOrEqual(most);
          expect(await tryWith(old)).toBeLessThanOrEqual(most);
          for (const at of cuts(good.length, random)) {
            expect(await tryWith(good.subarray(0, at))).toBeLessThanOrEqual(most);
            const flipped = Buffer.from(good);
            flipped[at] = (flipped[at] as number) ^ (1 << (at & 7));
            // Within the header it is no file of ours any more unless its end is.
            expect(await tryWith(flipped)).toBeLessThanOrEqual(most);
          }
        });
        const other = await tickingWorld([...world].reverse());
        try {
          await withFolder({}, async (folder) => {
            const foreign = path.join(folder, 'foreign.bin');
            await night(other, 0, foreign);
            const without = await night(sandbox, 2, null, { apply: false });
            const swapped = await night(sandbox, 2, foreign, { apply: false });
            expect(said(swapped)).toEqual(said(without));
          });
        } finally {
          await other.close();
        }
      } finally {
        await sandbox.close();
      }
    }),
    { numRuns: backlogs, endOnFailure: true },
  );
});
