import { test } from '@jest/globals';
import * as fc from 'fast-check';
import { schedules } from './model.ts';
import { playSchedule } from './schedule.ts';

/** `SCHEDULES=20000` for the nightly run; `SEED=… SCHEDULE_PATH=…` (both printed on failure) to play one again. */
const total = Number(process.env['SCHEDULES'] ?? 2_000);
const path = process.env['SCHEDULE_PATH'];

/** One of `shares` parts of all schedules: jest gives each test file a process of its own. */
export function testSchedules(part: number, shares: number): void {
  const numRuns = Math.ceil(total / shares);
  const seed = Number(process.env['SEED'] ?? (Date.now() % 1_000_000) + part);
  test(
    `whatever happens to a run, it keeps its promises (${numRuns} schedules, seed ${seed})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(schedules, (schedule) => playSchedule(schedule)),
        { numRuns, seed, ...(path === undefined ? {} : { path }) },
      );
    },
    60_000 + numRuns * 2_000,
  );
}
