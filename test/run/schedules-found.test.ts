import { test } from '@jest/globals';
import type { Schedule } from './schedules/model.ts';
import { playSchedule } from './schedules/schedule.ts';

const quiet = { concurrency: 1, faults: [], killedAfter: null, meanwhile: [] };

/** Schedules that once broke a promise, shrunk. */
const found: Record<string, Schedule> = {
  'a comment that loses its marker at once was not deleted': {
    tier: 'free',
    version: '17.5.0',
    pageSize: 2,
    source: 'project',
    backlog: ['empty'],
    steps: [
      {
        step: 'run',
        run: {
          ...quiet,
          apply: true,
          meanwhile: [{ at: 16, edit: { issue: 0, do: 'edit-nudge', how: 'drop marker' } }],
        },
      },
      { step: 'run', run: { ...quiet, apply: false } },
    ],
  },
};

test.each(Object.entries(found))('%s', async (_, schedule) => {
  await playSchedule(schedule);
});
