import { describe, expect, test } from '@jest/globals';
import { businessDays } from '../../src/remind/business-days.ts';
import { fc } from '../helpers/random.ts';

const holidays = [
  { from: '2026-12-24', to: '2027-01-01' },
  { from: '2027-02-01', to: '2027-02-01' },
];
const days = businessDays({ timeZone: 'Europe/Berlin', holidays });

describe('business days', () => {
  test.each([
    // From a Monday, a Friday, a Saturday; over holidays.
    ['2026-11-23', 1, '2026-11-24'],
    ['2026-11-23', 5, '2026-11-30'],
    ['2026-11-27', 1, '2026-11-30'],
    ['2026-11-28', 1, '2026-11-30'],
    ['2026-12-23', 1, '2027-01-04'],
    ['2026-12-22', 2, '2027-01-04'],
    ['2027-01-29', 1, '2027-02-02'],
  ])('%s and %i business days is %s', (day, count, expected) => {
    expect(days.after(day, count)).toBe(expected);
  });

  test('a week begins on Monday, the day of an instant is that of the time zone', () => {
    expect(days.weekOf('2026-11-29')).toBe('2026-11-23');
    expect(days.weekOf('2026-11-30')).toBe('2026-11-30');
    expect(days.dayOf('2026-11-29T23:30:00Z')).toBe('2026-11-30');
  });

  test('the next business day is one, and nothing between is', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          const next = days.onOrAfter(day);
          expect(days.isBusinessDay(next)).toBe(true);
          for (let at = day; at < next; at = nextDay(at)) expect(days.isBusinessDay(at)).toBe(false);
        },
      ),
    );
  });

  test('a policy that knows no business day at all is answered too', () => {
    const never = businessDays({ holidays: [{ from: '0001-01-01', to: '9999-12-31' }] });
    expect(never.isBusinessDay('2026-11-23')).toBe(false);
    expect(never.after('2026-11-23', 2) > '2030-01-01').toBe(true);
  });
});

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
