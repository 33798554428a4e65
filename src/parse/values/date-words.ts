import { monthNames } from '../../model/calendar.ts';

/** English names; months in other languages come with the vocabulary. */
const englishWeekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Names of months and weekdays, in lower case. */
export interface DateWords {
  /** 1 to 12, or 0 when the word names no month. */
  month(word: string): number;
  /** 1 (Monday) to 7, or 0. */
  weekday(word: string): number;
}

/** @param moreMonths further names, by English name of the month */
export function compileDateWords(moreMonths: Readonly<Record<string, readonly string[]>> = {}): DateWords {
  const known = new Map<string, number>([['sept', 9]]);
  for (const [index, name] of monthNames.entries()) {
    known.set(name, index + 1);
    known.set(name.slice(0, 3), index + 1);
    for (const other of moreMonths[name] ?? []) known.set(other.toLowerCase(), index + 1);
  }
  const days = new Map<string, number>();
  for (const [index, name] of englishWeekdays.entries()) {
    for (const length of [3, 4, 5, name.length]) days.set(name.slice(0, length), index + 1);
  }
  return {
    month(word) {
      const exact = known.get(word);
      if (exact !== undefined) return exact;
      if (word.length < 4 || word.length > 11) return 0;
      const begun = monthNames.findIndex((name) => name.startsWith(word));
      if (begun >= 0) return begun + 1;
      return word.length < 6 ? 0 : monthNames.findIndex((name) => name.length > 5 && isSlip(word, name)) + 1;
    },
    weekday: (word) => days.get(word) ?? 0,
  };
}

export const weekdayName = (weekday: number): string => {
  const name = englishWeekdays[weekday - 1] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
};

/** One letter too many, too few, another, or two swapped: "Decmber", "Feburary". */
function isSlip(word: string, name: string): boolean {
  if (Math.abs(word.length - name.length) > 1) return false;
  let at = 0;
  while (at < word.length && word[at] === name[at]) at += 1;
  if (at < 2) return false;
  const ends = (a: number, b: number): boolean => word.slice(a) === name.slice(b);
  const swapped = word[at] === name[at + 1] && word[at + 1] === name[at] && ends(at + 2, at + 2);
  return ends(at + 1, at) || ends(at, at + 1) || ends(at + 1, at + 1) || swapped;
}
