import { expect, test } from '@jest/globals';
import { dayAt } from '../../src/model/calendar.ts';
import { createReader } from '../../src/parse/reader.ts';
import { calendar, grammar, now, title } from './helpers.ts';

test.each([
  ['day-month', '05/11/2026', '2026-11-05'],
  ['month-day', '05/11/2026', '2026-05-11'],
  ['day-month', '11/20/2026', '2026-11-20'],
  ['month-day', '20.11.2026', '2026-11-20'],
  ['day-month', '5/12', '2026-12-05'],
  [null, '05/11/2026', 'ambiguous'],
] as const)('date-order %s reads %s as %s', (dateOrder, written, expected) => {
  const reader = createReader(grammar, { ...calendar, dateOrder });
  const text = `## Milestones\n- [ ] Milestone 1: Roll out Due Date: ${written} DRI: @ann\n`;
  const due = reader.read('kr', text, { title, now }).milestones[0]?.dueDate;
  expect(due?.date ?? due?.problem).toBe(expected);
});

test.each([
  ['America/Los_Angeles', '2026-12-04'],
  ['-08:00', '2026-12-04'],
  ['UTC', '2026-12-05'],
  ['Asia/Tokyo', '2026-12-05'],
  ['Mars/Olympus', null],
])('in %s it is %s', (timeZone, day) => {
  expect(dayAt('2026-12-05T00:30:00Z', { timeZone })).toBe(day);
});

test.each([
  ['2026-02-28T23:59:59Z', '2026-02-28'],
  ['2028-02-29T00:00:00.123Z', '2028-02-29'],
  ['2026-12-31T12:00:00Z', '2026-12-31'],
  ['2026-02-29T00:00:00Z', null],
  ['2026-04-31T00:00:00Z', null],
  ['2026-13-01T00:00:00Z', null],
  ['2026-12-00T00:00:00Z', null],
  ['2026-12-05T25:00:00Z', null],
  ['2026-12-05T23:60:00Z', null],
  ['2026-12-05', null],
])('the day of %s is %s', (instant, day) => {
  expect(dayAt(instant, {})).toBe(day);
});
