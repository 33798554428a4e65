import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { mergeCommand } from '../../src/cli/merge.ts';
import { pingsCommand } from '../../src/cli/pings.ts';
import { runCommand } from '../../src/cli/run.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { runCommandAlone } from '../cli/command.ts';
import { withFolder } from '../config/helpers.ts';
import { fc } from '../helpers/random.ts';
import { botToken, brokenKr, now, perfectKr, startWorld } from '../helpers/world.ts';

interface Report {
  subjects: { ref: string; actions: { outcome: string; type: string }[] }[];
  requests: unknown;
  incomplete?: string[];
  shard: unknown;
  pings: unknown[];
}

const token = { KR_HYGIENE_TOKEN: botToken };

async function run(sandbox: Sandbox, dir: string, ...args: string[]): Promise<string> {
  const base = ['--project', 'sec/okrs', '--now', now, '--gitlab-url', sandbox.url, '--output', dir];
  await runCommandAlone(runCommand, [...base, ...args], token);
  return path.join(dir, 'report.json');
}

const reportIn = async (dir: string): Promise<Report> =>
  JSON.parse(await readFile(path.join(dir, 'report.json'), 'utf8')) as Report;

/** A report but for what counts requests, and the empty list of what is missing. */
const said = ({ requests: _requests, incomplete: _incomplete, ...report }: Report): object => report;

const kinds = [
  perfectKr,
  brokenKr,
  { ...brokenKr, confidential: true },
  { ...perfectKr, title: perfectKr.title.replace('KR1', 'KR2') },
  // An owner may give an issue any date of birth.
  { ...brokenKr, createdAt: '1066-10-14T08:00:00.000Z' },
  { ...brokenKr, createdAt: '2300-01-01T08:00:00.000Z' },
];

async function shardsOf(
  sandbox: Sandbox,
  folder: string,
  total: number,
  ...args: string[]
): Promise<string[]> {
  const files: string[] = [];
  for (let index = 1; index <= total; index += 1)
    files.push(await run(sandbox, path.join(folder, `s${index}`), '--shard', `${index}/${total}`, ...args));
  return files;
}

describe('merge', () => {
  test('shards merged are the run that was not sharded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(kinds.length - 1), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 3 }),
        async (picked, total) => {
          const sandbox = await startWorld(picked.map((kind) => kinds[kind] as typeof perfectKr));
          try {
            await withFolder({}, async (folder) => {
              await run(sandbox, path.join(folder, 'whole'));
              const files = await shardsOf(sandbox, folder, total);
              const merged = path.join(folder, 'merged');
              sandbox.resetLog();
              const { code } = await runCommandAlone(mergeCommand, [...files, '--output', merged], {});
              expect(code).toBe(0);
              expect(sandbox.requests).toEqual([]);
              expect(said(await reportIn(merged))).toEqual(said(await reportIn(path.join(folder, 'whole'))));
              expect((await reportIn(merged)).incomplete).toEqual([]);
            });
          } finally {
            await sandbox.close();
          }
        },
      ),
      { numRuns: Number(process.env['MERGES'] ?? 2), examples: [[[4, 5, 1], 2]] },
    );
  });

  test('a shard that is missing, doubled, of another clock or cut short is named: exit 3', async () => {
    const sandbox = await startWorld([perfectKr, brokenKr, brokenKr]);
    try {
      await withFolder({}, async (folder) => {
        const [one = '', two = '', three = ''] = await shardsOf(sandbox, folder, 3);
        const merged = path.join(folder, 'merged');
        const merge = async (...files: string[]): Promise<[number, string]> => {
          const { code } = await runCommandAlone(mergeCommand, [...files, '--output', merged], {});
          const { incomplete = [], pings } = await reportIn(merged);
          expect(pings).toEqual([]);
          return [code, incomplete.join('; ')];
        };
        expect(await merge(one, two)).toEqual([3, 'shard 3/3 is missing']);
        expect(await merge(one, two, three, two)).toEqual([
          3,
          expect.stringContaining('shard 2/3 is there twice'),
        ]);
        const later = JSON.parse(await readFile(three, 'utf8')) as object;
        await writeFile(three, JSON.stringify({ ...later, generatedAt: '2026-11-24T09:00:00Z' }));
        expect(await merge(one, two, three)).toEqual([
          3,
          expect.stringMatching(/another policy, clock.*3\/3 is missing/),
        ]);
        for (const shard of [
          { index: 1, total: 1e308 },
          { index: 4, total: 3 },
          { index: 0, total: 3 },
          { index: 1, total: 201 },
        ]) {
          await writeFile(three, JSON.stringify({ ...later, shard }));
          expect(await merge(one, two, three)).toEqual([
            3,
            expect.stringMatching(/cannot be read as a report: shard/),
          ]);
        }
        await writeFile(three, '{"version": 1, "subjects": [');
        expect(await merge(one, two, three)).toEqual([
          3,
          expect.stringMatching(/cut short.*3\/3 is missing/),
        ]);
        await writeFile(one, '');
        await expect(runCommandAlone(mergeCommand, [one], {})).rejects.toThrow(
          'None of these is the report of a shard',
        );
      });
    } finally {
      await sandbox.close();
    }
  });

  test('the rules at hand decide which shards belong together, wherever those of others are named', async () => {
    const sandbox = await startWorld([perfectKr, brokenKr]);
    try {
      await withFolder({}, async (folder) => {
        const [one = '', two = ''] = await shardsOf(sandbox, folder, 2);
        const merged = path.join(folder, 'merged');
        const foreign = JSON.parse(await readFile(one, 'utf8')) as object;
        await writeFile(one, JSON.stringify({ ...foreign, policy: 'that of other rules' }));
        for (const files of [
          [one, two],
          [two, one],
        ]) {
          const { code } = await runCommandAlone(mergeCommand, [...files, '--output', merged], {});
          const { incomplete = [] } = await reportIn(merged);
          expect([code, incomplete.length, incomplete.at(-1)]).toEqual([3, 2, 'shard 1/2 is missing']);
          expect(incomplete[0]).toContain('is of another policy');
        }
      });
    } finally {
      await sandbox.close();
    }
  });

  test('first comments are written by the merge, within the bounds of the policy', async () => {
    const sandbox = await startWorld([brokenKr, brokenKr, brokenKr, brokenKr]);
    try {
      await withFolder({}, async (folder) => {
        const files = await shardsOf(sandbox, folder, 2, '--apply');
        const comments = (): number =>
          [1, 2, 3, 4].reduce(
            (sum, iid) => sum + sandbox.state.notes(1, iid).filter(({ system }) => !system).length,
            0,
          );
        expect(comments()).toBe(0);
        const merged = path.join(folder, 'merged');
        const args = [...files, '--apply', '--gitlab-url', sandbox.url, '--output', merged];
        const { code } = await runCommandAlone(mergeCommand, args, token);
        expect(code).toBe(0);
        const actions = (await reportIn(merged)).subjects.flatMap((subject) =>
          subject.actions.filter(({ type }) => type === 'create-note').map(({ outcome }) => outcome),
        );
        expect(actions.filter((outcome) => outcome === 'applied')).toHaveLength(comments());
        expect(comments()).toBe(2);
        expect(actions.filter((outcome) => outcome === 'waiting')).toHaveLength(2);
      });
    } finally {
      await sandbox.close();
    }
  });
});

test('a report cannot make the merge write outside of its sources', async () => {
  const sandbox = await startWorld([brokenKr, brokenKr]);
  try {
    await withFolder({}, async (folder) => {
      const files = await shardsOf(sandbox, folder, 2, '--apply');
      const merge = async (...sources: string[]) => {
        sandbox.resetLog();
        const merged = path.join(folder, 'merged');
        const args = [...files, '--apply', '--gitlab-url', sandbox.url, '--output', merged, ...sources];
        const { code } = await runCommandAlone(mergeCommand, args, token);
        const writes = sandbox.requests.filter(({ method }) => method !== 'GET');
        return {
          code,
          writes: writes.length,
          report: await readFile(path.join(merged, 'report.json'), 'utf8'),
        };
      };
      const elsewhere = await merge('--group', 'sec/other');
      expect(elsewhere).toMatchObject({ code: 3, writes: 0 });
      expect(elsewhere.report).toContain('sec/okrs#1 is in none of the sources of this merge');
      expect((await merge('--group', 'sec')).writes).toBeGreaterThan(0);
    });
  } finally {
    await sandbox.close();
  }
});

test('pings says who would be reminded when', async () => {
  const sandbox = await startWorld([brokenKr]);
  try {
    await withFolder({}, async (folder) => {
      const bounds = path.join(folder, 'first');
      await run(sandbox, bounds, '--apply');
      const later = path.join(folder, 'later');
      const base = ['--project', 'sec/okrs', '--gitlab-url', sandbox.url, '--output', later];
      await runCommandAlone(runCommand, [...base, '--now', '2026-11-24T09:00:00Z'], token);
      const file = path.join(later, 'report.json');
      const { stdout, code } = await runCommandAlone(pingsCommand, [file, '--days', '30'], {});
      expect(code).toBe(0);
      expect(stdout).toMatch(/^2026-1[12]-\d\d {2}@ann {2}sec\/okrs#1 {2}reminder 1 of 3/m);
      const none = await runCommandAlone(pingsCommand, [file, '--days', '30', '--person', 'zoe'], {});
      expect(none.stdout).toContain('No one by the name of zoe');
    });
  } finally {
    await sandbox.close();
  }
});
