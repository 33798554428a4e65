import { describe, expect, test } from '@jest/globals';
import { personKey } from '../../src/model/reminder.ts';
import { businessDays } from '../../src/remind/business-days.ts';
import { createOthers, decideFirstNudges, type FirstNudgeSubject } from '../../src/remind/first-nudges.ts';
import { fc } from '../helpers/random.ts';

const now = '2026-11-25T09:00:00Z';
const calendar = businessDays({ holidays: [] });

const subject = (
  iid: number,
  mentions: string[],
  { errors = 1, createdAt = `2026-11-${String(iid).padStart(2, '0')}T08:00:00Z` } = {},
): FirstNudgeSubject => ({
  projectId: 1,
  iid,
  facts: { createdAt, firstNudge: { mentions, errors }, nudge: null },
});
const told = (on: string, mentions: string[]): FirstNudgeSubject => ({
  projectId: 1,
  iid: 99,
  facts: { createdAt: now, firstNudge: null, nudge: { on, mentions } },
});
const decide = (subjects: FirstNudgeSubject[], perRun: number | null, perPersonPerWeek: number | null) =>
  Object.fromEntries(decideFirstNudges(subjects, { perRun, perPersonPerWeek }, { now, calendar }));

describe('first comments', () => {
  test('errors come before recommendations, older issues before newer ones', () => {
    const subjects = [subject(3, []), subject(1, [], { errors: 0 }), subject(2, [])];
    expect(decide(subjects, 1, null)).toEqual({ 0: 'run', 1: 'run' });
    expect(decide(subjects, 2, null)).toEqual({ 1: 'run' });
  });

  test('a person is told of so many a week, whatever the case of the name; those of this week count', () => {
    const subjects = [
      subject(1, ['ann']),
      subject(2, ['Ann']),
      subject(3, ['bo', 'ANN']),
      subject(4, ['bo']),
    ];
    expect(decide(subjects, null, 2)).toEqual({ 2: 'person' });
    expect(decide([told('2026-11-23', ['ann']), ...subjects], null, 2)).toEqual({ 2: 'person', 3: 'person' });
    expect(decide([told('2026-11-22', ['ann']), ...subjects], null, 2)).toEqual({ 3: 'person' });
  });

  test('whom we assign gets two mails, and both count; they wait no longer than for a week without others', () => {
    const twice = (iid: number): FirstNudgeSubject => {
      const one = subject(iid, []);
      const firstNudge = { mentions: [], errors: 1, reached: ['cem', 'cem'] };
      return { ...one, facts: { ...one.facts, firstNudge } };
    };
    const once = (iid: number): FirstNudgeSubject => subject(iid, ['cem']);
    expect(decide([once(1), twice(2)], null, 2)).toEqual({ 1: 'person' });
    expect(decide([twice(1), once(2)], null, 2)).toEqual({ 1: 'person' });
    expect(decide([twice(1)], null, 1)).toEqual({});
    expect(decide([twice(1)], null, 0)).toEqual({ 0: 'person' });
  });

  test('a comment that mentions no one counts for the run only; no bound bounds nothing', () => {
    expect(decide([subject(1, []), subject(2, [])], null, 0)).toEqual({});
    expect(decide([subject(1, ['ann']), subject(2, ['ann'])], null, null)).toEqual({});
    expect(decide([subject(1, ['ann'])], 0, null)).toEqual({ 0: 'run' });
  });

  test('no bound is exceeded, no one waits without a reason, and the order of reading does not matter', () => {
    const person = fc.constantFrom('ann', 'bo', 'cy');
    const one = fc.record({
      iid: fc.integer({ min: 1, max: 1_000 }),
      mentions: fc.uniqueArray(person, { maxLength: 3 }),
      errors: fc.nat({ max: 2 }),
    });
    const backlog = fc.uniqueArray(one, { maxLength: 30, selector: ({ iid }) => iid });
    fc.assert(
      fc.property(backlog, fc.nat({ max: 20 }), fc.nat({ max: 4 }), (many, perRun, perPerson) => {
        const subjects = many.map(({ iid, mentions, errors }) =>
          subject(iid, mentions, { errors, createdAt: now }),
        );
        const bounds = { perRun, perPersonPerWeek: perPerson };
        const waits = new Map(decideFirstNudges(subjects, bounds, { now, calendar }));
        const written = subjects.filter((_, index) => !waits.has(index));
        const counts = new Map<string, number>();
        for (const { facts } of written) {
          for (const key of (facts.firstNudge?.mentions ?? []).map(personKey))
            counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        expect(written.length).toBeLessThanOrEqual(perRun);
        for (const count of counts.values()) expect(count).toBeLessThanOrEqual(perPerson);
        for (const [index, wait] of waits) {
          const people = (subjects[index]?.facts.firstNudge?.mentions ?? []).map(personKey);
          if (wait === 'run') expect(written.length).toBe(perRun);
          else expect(people.some((key) => (counts.get(key) ?? 0) === perPerson)).toBe(true);
        }
        const turned = subjects.toReversed();
        const again = new Map(decideFirstNudges(turned, bounds, { now, calendar }));
        const last = subjects.length - 1;
        expect(new Set([...again.keys()].map((index) => last - index))).toEqual(new Set(waits.keys()));
      }),
    );
  });
});

test('the others of a first comment are those whose open points concern the same people, each once, in order', () => {
  const names = fc.uniqueArray(fc.constantFrom('ann', 'Ann', 'bo', 'chi', 'dana'), { maxLength: 4 });
  const one = fc.record({ mentions: names, open: names, confidential: fc.boolean() });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 20 }), (many) => {
      const subjects = many.map(({ mentions, open, confidential }, index) => ({
        ...subject(index + 1, mentions),
        projectId: index % 3,
        confidential,
        facts: {
          createdAt: now,
          nudge: null,
          firstNudge: { mentions, errors: 1 },
          open: [{ people: open, since: '2026-11-20', points: 1, errors: 1 }],
        },
      }));
      const { of, projectOf } = createOthers(subjects);
      for (const [index, { mentions }] of many.entries()) {
        const keys = new Set(mentions.map(personKey));
        const wanted = many.flatMap((other, at) =>
          at !== index &&
          !other.confidential &&
          [...other.mentions, ...other.open].some((name) => keys.has(personKey(name)))
            ? [at]
            : [],
        );
        expect([...of(index)]).toEqual(wanted);
        expect(projectOf(index)).toBe(index % 3);
      }
    }),
  );
});
