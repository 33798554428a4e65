import { expect, test } from '@jest/globals';
import type { ReminderPolicy } from '../../src/model/policy.ts';
import type { ReminderFacts } from '../../src/model/reminder.ts';
import { businessDays } from '../../src/remind/business-days.ts';
import { createPingQueue } from '../../src/remind/pings.ts';

const policy: ReminderPolicy = {
  newComments: { perRun: null, perPersonPerWeek: null },
  holidays: [],
  afterBusinessDays: [2],
  perPersonPerWeek: 1,
  pingsPerRun: 40,
  quietFirstDays: 0,
  escalateTo: [],
};

/** What is asked first on a Wednesday, of a KR whose people were told of its points on Friday. */
function asked(facts: Partial<ReminderFacts>) {
  const whole: ReminderFacts = {
    createdAt: '2026-11-02T08:00:00Z',
    firstNudge: null,
    nudge: { on: '2026-11-20', mentions: [] },
    open: [{ people: ['ann', 'bo'], since: '2026-11-20', points: 3, errors: 2 }],
    pings: [],
    snoozedUntil: null,
    seenOn: null,
    activeAt: null,
    knownBy: '2026-11-02',
    ...facts,
  };
  const days = businessDays({ holidays: [] });
  const subjects = [{ projectId: 1, iid: 1, confidential: false, facts: whole }];
  return createPingQueue(subjects, { policy, now: '2026-11-25T09:00:00Z', days }).next();
}

test('points that several people share are counted once', () => {
  expect(asked({})).toMatchObject({ whom: ['ann', 'bo'], step: { nth: 1, of: 1, points: 3, errors: 2 } });
});

test('no one is reminded on the day of our comment, nor within a day of something a person did', () => {
  expect(asked({ nudge: { on: '2026-11-25', mentions: [] } })).toBeNull();
  expect(asked({ nudge: { on: '2026-11-24', mentions: [] } })).not.toBeNull();
  expect(asked({ activeAt: '2026-11-24T09:00:01Z' })).toBeNull();
  expect(asked({ activeAt: '2026-11-24T09:00:00Z' })).not.toBeNull();
});
