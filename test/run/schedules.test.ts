import { test } from '@jest/globals';
import * as fc from 'fast-check';
import { schedules } from './schedules/model.ts';
import { playSchedule } from './schedules/schedule.ts';

/** `SCHEDULES=20000` for the nightly run; `SEED=… SCHEDULE_PATH=…` (both printed on failure) to play one again. */
const total = Number(process.env['SCHEDULES'] ?? 2_000);
const seed = process.env['SEED'];
const path = process.env['SCHEDULE_PATH'];

test(
  `whatever happens to a run, it keeps its promises (${total} schedules)`,
  async () => {
    await fc.assert(
      fc.asyncProperty(schedules, (schedule) => playSchedule(schedule)),
      {
        numRuns: total,
        ...(seed === undefined ? {} : { seed: Number(seed) }),
        ...(path === undefined ? {} : { path }),
      },
    );
  },
  60_000 + total * 1_000,
);
