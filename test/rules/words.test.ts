import { describe, expect, test } from '@jest/globals';
import { quarterOf } from '../../src/model/calendar.ts';
import { addDays } from '../../src/model/days.ts';
import { exampleDay, longDate, spokenQuarter, weekday } from '../../src/rules/shared/days.ts';
import { quote, typed } from '../../src/rules/shared/words.ts';
import { counted, enumerate } from '../../src/text/words.ts';
import { calendar, context, kr } from './documents.ts';

describe('words', () => {
  test.each([
    ['one\nline\tonly', '“one line only”'],
    ['a'.repeat(100), `“${'a'.repeat(59)}…”`],
    ['😀'.repeat(100), `“${'😀'.repeat(59)}…”`],
    ['ab\u202Ecd\u200B\u0007', '“abcd”'],
    ['“done”', '“"done"”'],
    ['', '“”'],
  ])('quotes %j', (text, quoted) => {
    expect(quote(text)).toBe(quoted);
  });

  test('what is typed holds no back-tick of its own', () => {
    expect(typed('a `b`\n/close')).toBe("`a 'b' /close`");
  });

  test('enumerates and counts', () => {
    expect([
      enumerate([]),
      enumerate(['a']),
      enumerate(['a', 'b'], 'or'),
      enumerate(['a', 'b', 'c']),
    ]).toEqual(['', 'a', 'a or b', 'a, b and c']);
    expect([counted(1, 'KR'), counted(2, 'KR')]).toEqual(['1 KR', '2 KRs']);
  });
});

describe('days', () => {
  test('are told in words', () => {
    expect([longDate('2026-12-04'), weekday('2026-12-04'), addDays('2026-12-31', 1)]).toEqual([
      '4 December 2026',
      'Friday',
      '2027-01-01',
    ]);
  });

  test.each([
    ['2026-11-23', 'FY27 Q4', calendar],
    ['2027-01-31', 'FY27 Q4', calendar],
    ['2027-02-01', 'FY28 Q1', calendar],
    ['2026-01-31', 'FY26 Q1', { startMonth: 1, namedAfter: 'end' }],
    ['2026-03-31', 'FY25 Q4', { startMonth: 4, namedAfter: 'start' }],
    ['2026-03-31', 'FY26 Q2', { startMonth: 10, namedAfter: 'end' }],
  ] as const)('%s is in %s', (day, name, itsCalendar) => {
    expect(spokenQuarter(quarterOf(day, itsCalendar))).toBe(name);
  });

  test('the example is a Friday before the end of the quarter of the KR, whatever day it is', () => {
    expect(exampleDay(context(kr()))).toBe('2027-01-22');
    expect(exampleDay(context(kr(), {}, { now: '2027-01-30T00:00:00Z' }))).toBe('2027-01-22');
  });
});
