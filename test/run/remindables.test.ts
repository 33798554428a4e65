import { expect, test } from '@jest/globals';
import type { ReminderFacts } from '../../src/model/reminder.ts';
import { createRemindables } from '../../src/usecases/run/remindables.ts';
import type { Remindable } from '../../src/usecases/run/reminding.ts';
import { fc } from '../helpers/random.ts';

const names = fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 });
const day = fc.constantFrom('2026-11-23', '2026-12-01');
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const open = fc.array(fc.record({ people: names, since: day, points: fc.nat(9), errors: fc.nat(9) }), {
  maxLength: 2,
});
const facts: fc.Arbitrary<ReminderFacts> = fc.record(
  {
    createdAt: fc.constant('2026-11-01T08:00:00Z'),
    firstNudge: maybe(
      fc.record(
        { mentions: names, errors: fc.nat(9), open, reached: names },
        { requiredKeys: ['mentions', 'errors'] },
      ),
    ),
    nudge: maybe(
      fc.record({ on: day, mentions: names, reached: names }, { requiredKeys: ['on', 'mentions'] }),
    ),
    open,
    pings: fc.array(
      fc.record(
        { on: day, whom: names, others: names, escalation: fc.constant(true) },
        { requiredKeys: ['on', 'whom', 'others'] },
      ),
      { maxLength: 2 },
    ),
    snoozedUntil: maybe(day),
    seenOn: maybe(day),
    activeAt: maybe(day),
    knownBy: maybe(day),
    fixed: fc.array(fc.record({ rule: fc.constant('require-okr-link'), since: day, on: day }), {
      maxLength: 2,
    }),
  },
  {
    requiredKeys: [
      'createdAt',
      'firstNudge',
      'nudge',
      'open',
      'pings',
      'snoozedUntil',
      'seenOn',
      'activeAt',
      'knownBy',
    ],
  },
);
const subject: fc.Arbitrary<Remindable> = fc.record({
  projectId: fc.nat(),
  iid: fc.nat(200),
  kind: fc.constantFrom('kr', 'okr'),
  status: fc.constantFrom('clean', 'findings', 'closed'),
  ref: fc.constantFrom('sec/okrs#12', 'sec/okrs#112', 'odd'),
  url: fc.constantFrom('https://gitlab.example.com/sec/okrs/-/issues/12', ''),
  confidential: fc.boolean(),
  facts,
});

test('what is kept of subjects comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(subject, { maxLength: 5 }), (subjects) => {
      const kept = createRemindables();
      for (const one of subjects) kept.push(one);
      expect([...kept]).toEqual(subjects);
      expect(subjects.map((_, index) => kept.at(index))).toEqual(subjects);
      expect([kept.length, kept.at(subjects.length)]).toEqual([subjects.length, undefined]);
    }),
  );
});
