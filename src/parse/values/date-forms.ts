import { endOf } from './date-ends.ts';
import {
  century,
  type DateForm,
  dayOf,
  type FoundForm,
  isSign,
  isSmall,
  isWord,
  isYear,
  type Tokens,
  tight,
  yearAt,
} from './date-form.ts';
import type { Token } from './date-tokens.ts';

/** The date that begins at token `at`, or null. */
export function formAt(tokens: Tokens, at: number): FoundForm | null {
  const token = tokens[at] as Token;
  if (isInsideCode(tokens, at)) return null;
  if (token.kind === 'number') {
    return (
      japaneseDay(tokens, at) ??
      dottedRange(tokens, at) ??
      yearFirst(tokens, at) ??
      threeNumbers(tokens, at) ??
      dayMonth(tokens, at) ??
      twoNumbers(tokens, at)
    );
  }
  if (token.month > 0) return monthDay(tokens, at);
  return token.kind === 'word' ? endOf(tokens, at) : null;
}

/** `v12.4`, `CVE-2026-11`: numbers that belong to a word or number before them. */
function isInsideCode(tokens: Tokens, at: number): boolean {
  const token = tokens[at] as Token;
  const before = tokens[at - 1];
  if (token.kind !== 'number' || before === undefined || token.gap) return false;
  if (before.kind === 'word') return before.month === 0 && before.text.length < 4 && before.text !== 't';
  if (before.kind === 'number') return true;
  if (isSign(before, '#$€&!@')) return true;
  const beyond = tokens[at - 2];
  if (isYear(token) && (isSign(before, '/') || before.text === '.')) return false;
  return (
    isSign(before, '-./') &&
    !before.gap &&
    beyond !== undefined &&
    beyond.kind !== 'sign' &&
    beyond.month === 0
  );
}

function yearFirst(tokens: Tokens, at: number): FoundForm | null {
  const [year, sign, middle, sign2, last] = tokens.slice(at, at + 5);
  if (year?.kind === 'number' && year.digits === 8 && year.value >= 19_000_000) return compact(year, at);
  if (!isYear(year)) return null;
  if (isSmall(middle) && isSmall(last)) {
    const signs = isSign(sign, '-/.') && sign?.text === sign2?.text && tight(tokens, at, at + 5);
    const japanese = isWord(sign, 'year', '年', '년') && isWord(sign2, 'month', '月', '월');
    if (signs || japanese) {
      const end = japanese && beginsWithDay(tokens[at + 5]) ? at + 6 : at + 5;
      const second = japanese ? japaneseEnd(tokens, end) : null;
      const of = (day: number) => dayOf(year.value, middle.value, day);
      if (second !== null)
        return { form: of(second.day), from: at, to: second.to, rangeStart: of(last.value) };
      return { form: of(last.value), from: at, to: end };
    }
    return null;
  }
  const monthAt = isSign(sign, '-/.,') ? at + 2 : at + 1;
  const month = tokens[monthAt];
  if (month === undefined || month.month === 0) return null;
  const dayAt = isSign(tokens[monthAt + 1], '-/.') ? monthAt + 2 : monthAt + 1;
  const day = tokens[dayAt];
  if (!isSmall(day)) return null;
  return { form: dayOf(year.value, month.month, day.value), from: at, to: dayAt + 1 };
}

/** `12月4日`, `11月16日〜20日`, `11月末` */
function japaneseDay(tokens: Tokens, at: number): FoundForm | null {
  const [month, sign, day, sign2] = tokens.slice(at, at + 4);
  if (!isSmall(month)) return null;
  if (isWord(sign, 'eom')) {
    return { form: { form: 'end-of-month', year: null, month: month.value }, from: at, to: at + 2 };
  }
  if (!isSmall(day) || !isWord(sign, 'month', '月', '월') || !beginsWithDay(sign2)) return null;
  const of = (value: number) => dayOf(null, month.value, value);
  const second = japaneseEnd(tokens, at + 4);
  if (second !== null) return { form: of(second.day), from: at, to: second.to, rangeStart: of(day.value) };
  return { form: of(day.value), from: at, to: at + 4 };
}

/** `日`, `日まで`: nothing is set between words. */
const beginsWithDay = (token: Token | undefined): boolean =>
  token?.kind === 'word' && /^[日일]/u.test(token.text);

/** `〜20日` behind a day. */
function japaneseEnd(tokens: Tokens, at: number): { day: number; to: number } | null {
  const [joint, day, sign] = tokens.slice(at, at + 3);
  return isSign(joint, '-→~') && isSmall(day) && beginsWithDay(sign) ? { day: day.value, to: at + 3 } : null;
}

/** `16.–20.11.`, `30.11.-4.12.2026` is two dates: a range in one month, day first since a range has an order. */
function dottedRange(tokens: Tokens, at: number): FoundForm | null {
  const [first, dot, dash, last, dot2, month, dot3] = tokens.slice(at, at + 7);
  const joined = isSign(dash, '-') || isWord(dash, 'to');
  if (!isSmall(first) || !isSign(dot, '.') || !joined || !isSmall(last) || !isSign(dot2, '.')) return null;
  if (!isSmall(month) || month.value > 12 || last.value <= first.value || month.gap) return null;
  const year = isSign(dot3, '.') ? yearAt(tokens, at + 7, true) : null;
  const of = (day: number) => dayOf(year?.year ?? null, month.value, day);
  const to = year?.to ?? (isSign(dot3, '.') ? at + 7 : at + 6);
  return { form: of(last.value), from: at, to, rangeStart: of(first.value) };
}

function compact(token: Token, at: number): FoundForm | null {
  const year = Math.floor(token.value / 10_000);
  const month = Math.floor(token.value / 100) % 100;
  const day = token.value % 100;
  if (year >= 2200 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return { form: dayOf(year, month, day), from: at, to: at + 1 };
}

/** `20/11/2026`, `11.12.26` */
function threeNumbers(tokens: Tokens, at: number): FoundForm | null {
  const [first, sign, second, sign2, year] = tokens.slice(at, at + 5);
  if (!isSmall(first) || !isSmall(second) || !isSign(sign, '/.-') || sign?.text !== sign2?.text) return null;
  if (year?.kind !== 'number' || !(isYear(year) || year.digits === 2)) return null;
  const spaced = sign?.text === '.' && !sign.gap && sign2?.gap === false;
  if (!tight(tokens, at, at + 5) && !spaced) return null;
  if (isSign(tokens[at + 5], './-') && tokens[at + 6]?.kind === 'number' && tokens[at + 6]?.gap === false)
    return null;
  return {
    form: { form: 'numbers', first: first.value, second: second.value, year: century(year) },
    from: at,
    to: at + 5,
  };
}

/** `11/27`: only where nothing follows that it could count (`8/10 teams`). */
function twoNumbers(tokens: Tokens, at: number): FoundForm | null {
  const [first, sign, second, after] = tokens.slice(at, at + 4);
  if (!isSmall(first) || !isSmall(second) || !isSign(sign, '/.') || !tight(tokens, at, at + 3)) return null;
  if (first.value === 24 && second.value === 7) return null;
  const dotted = sign?.text === '.' && isSign(after, '.') && after?.gap === false;
  // "23.59." is a time of day.
  if (sign?.text === '.' && (!dotted || second.value === 0 || second.value > 31)) return null;
  const next = dotted ? tokens[at + 4] : after;
  if (
    next?.kind === 'number' ||
    isSign(next, '%') ||
    (next?.kind === 'word' && !isWord(next, 'or', 'and', 'to', 'goes-on'))
  ) {
    return null;
  }
  // With a full stop behind each number the day is first, wherever it is written.
  const form: DateForm =
    dotted && second.value <= 12
      ? dayOf(null, second.value, first.value)
      : { form: 'numbers', first: first.value, second: second.value, year: null };
  return { form, from: at, to: dotted ? at + 4 : at + 3 };
}

/** `4 December 2026`, `4th of Dec`, `16-20 Nov` */
function dayMonth(tokens: Tokens, at: number): FoundForm | null {
  const day = tokens[at];
  if (!isSmall(day)) return null;
  const range = secondDay(tokens, at + 1);
  const last = range?.day ?? day;
  let index = range?.to ?? at + 1;
  if (isSign(tokens[index], '.-/') || isWord(tokens[index], 'of')) index += 1;
  if (isWord(tokens[index], 'of')) index += 1;
  const month = tokens[index];
  if (month === undefined || month.month === 0) return null;
  if (last.value > 31 && !last.ordinal && !(month.gap && last.value < 40)) return null;
  // "4 may be too early": the month is a verb.
  if (isWord(tokens[index + 1], 'verb')) return null;
  index += 1;
  const dot = isSign(tokens[index], '.') ? 1 : 0;
  const year = yearAt(tokens, index + dot, true);
  const of = (value: number) => dayOf(year?.year ?? null, month.month, value);
  return ranged({ form: of(last.value), from: at, to: year?.to ?? index }, range, of(day.value));
}

function ranged(found: FoundForm, second: { alternative: boolean } | null, first: DateForm): FoundForm {
  if (second === null) return found;
  return second.alternative ? { ...found, alternative: first } : { ...found, rangeStart: first };
}

/** The second number of `16-20`, `16 to 20`, `16 or 20`. */
function secondDay(tokens: Tokens, at: number): { day: Token; to: number; alternative: boolean } | null {
  const joint = tokens[at];
  if (isSign(joint, '.') && (isSign(tokens[at + 1], '-') || isWord(tokens[at + 1], 'to')))
    return secondDay(tokens, at + 1);
  const alternative = isSign(joint, '/') || isWord(joint, 'or');
  if (!alternative && !isSign(joint, '-→') && !isWord(joint, 'to')) return null;
  const next = isWord(tokens[at + 1], 'the', 'to') ? at + 2 : at + 1;
  const day = tokens[next];
  return isSmall(day) ? { day, to: next + 1, alternative } : null;
}

/** `Dec 4, 2026`, `December the 4th`, `Nov 16 - 20` */
function monthDay(tokens: Tokens, at: number): FoundForm | null {
  const month = tokens[at] as Token;
  let index = at + 1;
  // "4% in January - 31 Jan": with space around it a dash joins no day to its month.
  const isApart =
    isSign(tokens[index], '-') && tokens[index]?.gap === true && tokens[index + 1]?.gap === true;
  if (!isApart && isSign(tokens[index], '.,-/')) index += 1;
  if (isWord(tokens[index], 'the')) index += 1;
  const day = tokens[index];
  if (!isSmall(day) || isSign(tokens[index + 1], '%') || isClock(tokens, index))
    return endOfNamed(tokens, at);
  // "Dec, 2 of 3 teams": two things.
  if (isSign(tokens[at + 1], ',') && isWord(tokens[index + 1], 'of')) return null;
  index += 1;
  // "Dec 2nd week": a week, not a day.
  if (day.ordinal && isWord(tokens[index], 'part')) return null;
  const dayFirst = tokens[index]?.month ?? 0;
  if (dayFirst > 0 && month.month !== dayFirst && !day.ordinal) return null;
  const second = secondDay(tokens, index);
  const range = second !== null && closesRange(tokens, second, day) ? second : null;
  const end = range?.to ?? index;
  const year = yearAt(tokens, end, false) ?? (isSign(tokens[end], '-/') ? yearAt(tokens, end, true) : null);
  const of = (value: number) => dayOf(year?.year ?? null, month.month, value);
  return ranged({ form: of((range?.day ?? day).value), from: at, to: year?.to ?? end }, range, of(day.value));
}

/** In `Nov 16 - 20` nothing follows that the 20 could count or belong to. */
function closesRange(tokens: Tokens, second: { day: Token; to: number }, first: Token): boolean {
  const next = tokens[second.to];
  if (second.day.value <= first.value || isSign(next, ':%/.-') || isClock(tokens, second.to - 1)) {
    return second.day.value > first.value && isSign(next, '.') && tokens[second.to + 1]?.kind !== 'number';
  }
  return next === undefined || next.kind !== 'word' || isWord(next, 'or', 'of', 'goes-on');
}

/** `17:00`, `5 pm`: a time of day. */
const isClock = (tokens: Tokens, at: number): boolean =>
  (isSign(tokens[at + 1], ':') && tokens[at + 2]?.kind === 'number') || isWord(tokens[at + 1], 'clock');

/** `November EOM`, `Nov end` */
function endOfNamed(tokens: Tokens, at: number): FoundForm | null {
  const year = yearAt(tokens, at + 1, false);
  const index = year?.to ?? at + 1;
  if (!isWord(tokens[index], 'eom')) return null;
  const month = (tokens[at] as Token).month;
  return { form: { form: 'end-of-month', year: year?.year ?? null, month }, from: at, to: index + 1 };
}
