import path from 'node:path';
import { expect, test } from '@jest/globals';
import { whatIsMissing } from '../../src/records/incomplete.ts';
import type { IssueSeed } from '../../src/sandbox/seed.ts';
import { withFolder } from '../config/helpers.ts';
import { fc, runs } from '../helpers/random.ts';
import { botNotes, brokenKr, perfectKr } from '../helpers/world.ts';
import { type Night, night, tickingWorld } from './nights.ts';

/** NIGHTS=… plays so many backlogs. */
const backlogs = Number(process.env['NIGHTS'] ?? runs(30));

const said = { notes: [{ author: 'ann', body: 'We are on it.' }] };
const kinds: IssueSeed[] = [
  { ...brokenKr, ...said },
  { ...brokenKr, ...said, confidential: true },
  { ...perfectKr, ...said },
];
const isBroken = (kind: number | undefined): boolean => kind !== 2;

const iidOf = (ref: string): number => Number(ref.split('#')[1]);

const lookedAt = ({ subjects }: Night): number[] =>
  subjects.filter(({ status }) => status !== 'error').map(({ iid, ref }) => iid ?? iidOf(ref));

/** Requests of a first night over so many KRs of the kind that takes most. */
async function costOf(count: number, apply: boolean): Promise<number> {
  const sandbox = await tickingWorld(Array.from({ length: count }, () => kinds[1] as IssueSeed));
  try {
    return (await night(sandbox, 0, null, { apply, budget: 1e6 })).asked.length;
  } finally {
    await sandbox.close();
  }
}

/** A second scan of what is before the place where a night stopped. */
const LISTS = 12;

const costs = new Map<boolean, { one: number; each: number }>();

async function budgetFor(perNight: number, apply: boolean): Promise<number> {
  let cost = costs.get(apply);
  if (cost === undefined) {
    const one = await costOf(1, apply);
    cost = { one, each: Math.ceil(((await costOf(4, apply)) - one) / 3) };
    costs.set(apply, cost);
  }
  return cost.one + LISTS + (perNight - 1) * cost.each;
}

const plan = fc.record({
  picked: fc.array(fc.nat(kinds.length - 1), { minLength: 3, maxLength: 14 }),
  perNight: fc.integer({ min: 2, max: 5 }),
  apply: fc.boolean(),
});

test('a run that is too short goes on where it stopped: night after night others are looked at, until none is left out', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ picked, perNight, apply }) => {
      const budget = await budgetFor(perNight, apply);
      const sandbox = await tickingWorld(picked.map((kind) => kinds[kind] as IssueSeed));
      try {
        await withFolder({}, async (folder) => {
          const file = path.join(folder, 'state.bin');
          const done = new Set<number>();
          const most = Math.ceil(picked.length / perNight) + 1;
          let last: Night | null = null;
          let lastNight = 0;
          for (let n = 0; n < most; n += 1) {
            lastNight = n;
            last = await night(sandbox, n, file, { apply, budget });
            for (const iid of lookedAt(last)) done.add(iid);
            if (last.summary.failures.length === 0) break;
            expect(whatIsMissing(last.summary)).not.toEqual([]);
            expect(last.summary.failures[0]?.message).toMatch(/time for this run is used up/);
          }
          expect(done.size).toBe(picked.length);
          for (const iid of apply ? done : [])
            expect(botNotes(sandbox, iid)).toHaveLength(isBroken(picked[iid - 1]) ? 1 : 0);
          if (!apply && last?.summary.failures.length === 0) {
            // It looked at others first, and tells them in the order of every other run.
            const cold = await night(sandbox, lastNight, null, { apply: false });
            const told = (subjects: Night['subjects']): unknown[] =>
              subjects.map(({ ref, confidential, findings }) => ({ ref, confidential, findings }));
            expect(told(last.subjects)).toEqual(told(cold.subjects));
          }
          // With time enough the report is that of a run that knows nothing, in the same order.
          const warm = await night(sandbox, most, file, { apply: false });
          const cold = await night(sandbox, most, null, { apply: false });
          expect(warm.subjects).toEqual(cold.subjects);
          expect({ ...warm.summary, requests: null }).toEqual({ ...cold.summary, requests: null });
        });
      } finally {
        await sandbox.close();
      }
    }),
    { numRuns: backlogs },
  );
}, 120_000);

test('without a state file the night after begins at the beginning, and the run says so', async () => {
  const sandbox = await tickingWorld(Array.from({ length: 8 }, () => kinds[0] as IssueSeed));
  try {
    const budget = await budgetFor(2, false);
    const first = await night(sandbox, 0, null, { apply: false, budget });
    const second = await night(sandbox, 1, null, { apply: false, budget });
    expect(lookedAt(second)).toEqual(lookedAt(first));
    expect(lookedAt(first).length).toBeLessThan(8);
    expect(first.summary.failures[0]?.message).toMatch(
      /With the --state file of this run the next one goes on/,
    );
  } finally {
    await sandbox.close();
  }
});
