import { monthNames } from '../../model/calendar.ts';
import type { Words } from '../lexicon.ts';
import { anyOf } from '../pattern.ts';

/** Names of months and weekdays, and the small words of dates; all in lower case. */
export interface DateWords {
  /** 1 to 12, or 0 when the word names no month. */
  month(word: string): number;
  /** 1 (Monday) to 7, or 0. */
  weekday(word: string): number;
  /** What a small word is in English: `of` for `de`, `end` for `Ende`; others as they are. */
  plain(word: string): string;
  /** Finds words, signs and numbers, and with a number what makes it an ordinal: `4th`. */
  tokens: RegExp;
  /** A month's short name that is an ordinary word elsewhere: `out`, `set`. */
  isCommon(word: string): boolean;
  /** Whether a text can hold a date at all. */
  mayHold(text: string): boolean;
}

const englishWeekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** The order counts: a word of two lists means the first. What stands for several words has a code. */
const smallWords: Readonly<Record<string, string>> = {
  'end-of-quarter': 'eoq',
  'end-of-month': 'eom',
  'end-of-year': 'eoy',
  'end-of-fiscal-year': 'eofy',
  or: 'or',
  and: 'and',
  to: 'to',
  of: 'of',
  the: 'the',
  end: 'end',
  quarter: 'quarter',
  month: 'month',
  year: 'year',
  this: 'this',
  last: 'last',
  day: 'day',
  fiscal: 'fiscal',
  calendar: 'calendar',
  between: 'between',
  clock: 'clock',
  part: 'part',
  verb: 'verb',
  'goes-on': 'goes-on',
};

/**
 * @param moreMonths further names, by English name of the month
 * @param locales whose months and weekdays count; English always does
 * @param small the small words of dates by what they mean, language by language
 */
export function compileDateWords(
  moreMonths: Words = {},
  locales: readonly string[] = [],
  small: readonly Words[] = [],
): DateWords {
  const months = new Map<string, number>([['sept', 9]]);
  const days = new Map<string, number>();
  const english = new Set<string>();
  for (const [index, name] of monthNames.entries()) {
    for (const word of [name, name.slice(0, 3)]) {
      months.set(word, index + 1);
      english.add(word);
    }
    for (const other of moreMonths[name] ?? []) months.set(other.toLowerCase(), index + 1);
  }
  for (const [index, name] of englishWeekdays.entries()) {
    for (const length of [3, 4, 5, name.length]) days.set(name.slice(0, length), index + 1);
  }
  for (const locale of locales) addNames(locale, months, days);
  const plain = new Map<string, string>();
  for (const words of small) {
    for (const [id, meaning] of Object.entries(smallWords)) {
      for (const word of (words[id] ?? []).map((each) => each.toLowerCase()))
        if (!months.has(word) && !plain.has(word)) plain.set(word, meaning);
    }
  }
  const common = new Set(
    small.flatMap((each) => each['not-months'] ?? []).filter((word) => !english.has(word)),
  );
  const ends = [...plain].filter(
    ([, meaning]) => meaning === 'end' || meaning === 'last' || meaning.startsWith('eo'),
  );
  const hint = new RegExp(['\\d', ...ends.map(([word]) => word)].join('|'), 'iu');
  const phrases = anyOf([...plain.keys()].filter((word) => /[^\p{L}\p{M}]/u.test(word)));
  const ordinals = anyOf(small.flatMap((each) => each['ordinal'] ?? []));
  const tokens = new RegExp(
    String.raw`(\d+)(?:(${ordinals})(?![\p{L}\d]))?|(?<=\d)[年月日](?!末)|${phrases}(?![\p{L}\d])|\p{L}[\p{L}\p{M}]*|-?->|=>|\S`,
    'giu',
  );
  return {
    month(word) {
      const exact = months.get(word);
      if (exact !== undefined) return exact;
      if (word.length < 4 || word.length > 11) return 0;
      const begun = monthNames.findIndex((name) => name.startsWith(word));
      if (begun >= 0) return begun + 1;
      return word.length < 6 ? 0 : monthNames.findIndex((name) => name.length > 5 && isSlip(word, name)) + 1;
    },
    weekday: (word) => days.get(word) ?? 0,
    plain: (word) => plain.get(word) ?? word,
    tokens,
    isCommon: (word) => common.has(word),
    mayHold: (text) => hint.test(text),
  };
}

/** The names of a language; those that are known already stay as they are. */
function addNames(locale: string, months: Map<string, number>, days: Map<string, number>): void {
  const add = (into: Map<string, number>, name: string, value: number): void => {
    const word = /^\p{L}[\p{L}\p{M}]*/u.exec(name.toLowerCase())?.[0] ?? '';
    for (const each of [word, word.normalize('NFD').replace(/\p{M}/gu, '')]) {
      if (each.length >= 3 && !into.has(each)) into.set(each, value);
    }
  };
  const known = platformNames.get(locale) ?? namesOf(locale);
  platformNames.set(locale, known);
  for (const [name, month] of known.months) add(months, name, month);
  for (const [name, day] of known.days) add(days, name, day);
}

interface PlatformNames {
  months: [name: string, month: number][];
  days: [name: string, day: number][];
}

/** Asking the platform costs more than everything else here, and every kind of document asks. */
const platformNames = new Map<string, PlatformNames>();

function namesOf(locale: string): PlatformNames {
  const months: PlatformNames['months'] = [];
  const days: PlatformNames['days'] = [];
  for (const style of ['long', 'short'] as const) {
    const alone = new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' });
    const inDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: style, timeZone: 'UTC' });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' });
    for (let month = 0; month < 12; month += 1) {
      const day = new Date(Date.UTC(2026, month, 4));
      const parts = inDate.formatToParts(day).filter(({ type }) => type === 'month');
      for (const name of [alone.format(day), ...parts.map(({ value }) => value)]) {
        months.push([name, month + 1]);
      }
    }
    // 5 January 2026 is a Monday.
    for (let day = 0; day < 7; day += 1) {
      days.push([weekday.format(new Date(Date.UTC(2026, 0, 5 + day))), day + 1]);
    }
  }
  return { months, days };
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
