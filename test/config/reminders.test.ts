import { expect, test } from '@jest/globals';
import { calendarDays } from '../../src/config/calendar-days.ts';
import { loadFrom, mustLoadFrom } from './helpers.ts';

const ics = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'];

test('what the handbook says of reminders is what the contract says', async () => {
  const { policy } = await mustLoadFrom({ 'policy.yml': 'extends: handbook\n' });
  expect(policy.settings.reminders).toEqual({
    newComments: { perRun: 40, perPersonPerWeek: 2 },
    holidays: [],
    afterBusinessDays: [2, 5, 10],
    perPersonPerWeek: 1,
    pingsPerRun: 40,
    quietFirstDays: 5,
    escalateTo: [],
  });
  expect(policy.settings.id).toBe('default');
  expect(policy.settings.labels.escalated).toBe('kr-hygiene::escalated');
  expect(policy.settings.answers.who).toEqual(['assignee', 'dri', 'author', 'developer']);
});

test.each([
  ['null', { perRun: null, perPersonPerWeek: null }],
  ['{ per-run: null }', { perRun: null, perPersonPerWeek: 2 }],
  ['{ per-person-per-week: 5 }', { perRun: 40, perPersonPerWeek: 5 }],
])('new-comments: %s', async (written, meant) => {
  const { policy } = await mustLoadFrom({
    'policy.yml': `extends: handbook\nreminders:\n  new-comments: ${written}\n`,
  });
  expect(policy.settings.reminders.newComments).toEqual(meant);
});

test('holidays are days, ranges and calendar files, joined and in order', async () => {
  const { policy } = await mustLoadFrom({
    'policy.yml':
      'extends: handbook\nreminders:\n  holidays: [2026-12-25, 2026-12-24, 2026-12-28..2027-01-01, { from: 2027-02-01, to: 2027-02-02 }, ./team.ics]\n',
    'team.ics': ics(...event('DTSTART;VALUE=DATE:20261126', 'DTEND;VALUE=DATE:20261128', 'SUMMARY:Thanks')),
  });
  expect(policy.settings.reminders.holidays).toEqual([
    { from: '2026-11-26', to: '2026-11-27' },
    { from: '2026-12-24', to: '2026-12-25' },
    { from: '2026-12-28', to: '2027-01-01' },
    { from: '2027-02-01', to: '2027-02-02' },
  ]);
});

test('of a calendar, whole days count, repeated ones each time; appointments and what was cancelled do not', () => {
  const read = calendarDays(
    ics(
      ...event('DTSTART;VALUE=DATE:20260501', 'RRULE:FREQ=YEARLY;COUNT=3'),
      ...event('DTSTART:20260701T080000Z', 'DTEND:20260701T090000Z'),
      ...event('DTSTART;VALUE=DATE:20260801', 'STATUS:CANCELLED'),
      ...event('DTSTART;VALUE=DATE:20260901', 'RRULE:FREQ=DAILY'),
    ),
  );
  const days = read?.ranges.map(({ from }) => from) ?? [];
  expect(days.slice(0, 3)).toEqual(['2026-05-01', '2027-05-01', '2028-05-01']);
  expect(days[3]).toBe('2026-09-01');
  expect(days.length).toBeLessThan(1_000);
  expect(calendarDays('holidays: none')).toBeNull();
});

test('a changed calendar file is another policy', async () => {
  const files = { 'policy.yml': 'extends: handbook\nreminders:\n  holidays: [./team.ics]\n' };
  const one = await mustLoadFrom({ ...files, 'team.ics': ics(...event('DTSTART;VALUE=DATE:20261126')) });
  const other = await mustLoadFrom({ ...files, 'team.ics': ics(...event('DTSTART;VALUE=DATE:20261127')) });
  expect(one.policy.hash).not.toBe(other.policy.hash);
});

test('every error at once, each at its place', async () => {
  const loaded = await loadFrom({
    'policy.yml': [
      'extends: handbook',
      'reminders:',
      '  holidays: [2026-02-30, 2026-12-28..2026-01-01, ./none.ics, soon, ../x.ics, ./bad.ics]',
      '  after-business-days: [5, 3]',
      '  escalate-to: ["@ann"]',
      'answers: { who: [devs] }',
      'labels: { escalated: "kr-hygiene::ok" }',
      'id: My Policy',
    ].join('\n'),
    'bad.ics': 'no calendar',
  });
  expect(loaded.ok ? [] : loaded.errors.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(
    [
      '3:14 bad-value',
      '3:26 bad-value',
      '3:50 file-not-found',
      '3:62 bad-value',
      '3:68 path-escape',
      '3:78 not-a-calendar',
      '4:24 bad-value',
      '5:17 bad-value',
      '6:18 not-one-of',
      '7:22 bad-value',
      '8:5 bad-value',
    ],
  );
});
