import { test } from '@jest/globals';
import { fc, seed } from '../../helpers/random.ts';
import { schedules } from './model.ts';
import { playSchedule } from './schedule.ts';

/** `SCHEDULES=20000` for the nightly run; `SEED=… SCHEDULE_PATH=…` (a failure prints both) plays one again. */
const total = Number(process.env['SCHEDULES'] ?? 40);
const path = process.env['SCHEDULE_PATH'];

/** One of `shares` parts of all schedules: jest gives each test file a process of its own. */
export function testSchedules(part: number, shares: number): void {
  const numRuns = Math.ceil(total / shares);
  // The path belongs to the printed seed as it is; otherwise no two parts play the same.
  const partSeed = path === undefined ? seed + part : seed;
  test(
    `whatever happens to a run, it keeps its promises (${numRuns} schedules, seed ${partSeed})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(schedules, (schedule) => playSchedule(schedule)),
        { numRuns, seed: partSeed, ...(path === undefined ? {} : { path }) },
      );
    },
    60_000 + numRuns * 2_000,
  );
}
