import type { Token } from './date-tokens.ts';

/** A date as written, before the calendar is asked. Null parts were not written. */
export type DateForm =
  | { form: 'day'; year: number | null; month: number; day: number }
  /** Two numbers and perhaps a year, in an order that is not certain. */
  | { form: 'numbers'; first: number; second: number; year: number | null }
  | { form: 'end-of-month'; year: number | null; month: number }
  | { form: 'end-of-some-month' }
  | { form: 'end-of-quarter'; fiscalYear: number | null; quarter: number | null }
  | { form: 'end-of-fiscal-year'; fiscalYear: number | null }
  | { form: 'end-of-year'; year: number | null };

/** A form and the tokens it covers: `tokens[from]` to `tokens[to - 1]`. */
export interface FoundForm {
  form: DateForm;
  from: number;
  to: number;
  /** For "Nov 16 - 20": the first day. */
  rangeStart?: DateForm;
  /** For "Nov 20/27": the other day. */
  alternative?: DateForm;
}

type Tokens = readonly Token[];

/** A number of one or two digits, or a year: told apart from other tokens for the compiler's sake only. */
type Numeral = Token & { readonly numeral: true };

const isYear = (token: Token | undefined): token is Numeral =>
  token?.kind === 'number' &&
  token.digits === 4 &&
  token.value >= 1900 &&
  token.value < 2200 &&
  !token.ordinal;
const isSmall = (token: Token | undefined): token is Numeral => token?.kind === 'number' && token.digits <= 2;
const isSign = (token: Token | undefined, signs: string): boolean =>
  token?.kind === 'sign' && signs.includes(token.text);
const isWord = (token: Token | undefined, ...words: string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text);

/** The date that begins at token `at`, or null. */
export function formAt(tokens: Tokens, at: number): FoundForm | null {
  const token = tokens[at] as Token;
  if (isInsideCode(tokens, at)) return null;
  if (token.kind === 'number') {
    return (
      yearFirst(tokens, at) ?? threeNumbers(tokens, at) ?? dayMonth(tokens, at) ?? twoNumbers(tokens, at)
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
  if (isSign(before, '#$€&!')) return true;
  const beyond = tokens[at - 2];
  return (
    isSign(before, '-./') &&
    !before.gap &&
    beyond !== undefined &&
    beyond.kind !== 'sign' &&
    beyond.month === 0
  );
}

const tight = (tokens: Tokens, from: number, to: number): boolean =>
  tokens.slice(from + 1, to).every((token) => !token.gap);

function yearFirst(tokens: Tokens, at: number): FoundForm | null {
  const [year, sign, middle, sign2, last] = tokens.slice(at, at + 5);
  if (year?.kind === 'number' && year.digits === 8 && year.value >= 19_000_000) return compact(year, at);
  if (!isYear(year)) return null;
  if (isSmall(middle) && isSmall(last)) {
    const signs = isSign(sign, '-/.') && sign?.text === sign2?.text && tight(tokens, at, at + 5);
    const japanese = isWord(sign, '年', '년') && isWord(sign2, '月', '월');
    if (signs || japanese) {
      const end = japanese && isWord(tokens[at + 5], '日', '일') ? at + 6 : at + 5;
      return {
        form: { form: 'day', year: year.value, month: middle.value, day: last.value },
        from: at,
        to: end,
      };
    }
    return null;
  }
  const monthAt = isSign(sign, '-/.,') ? at + 2 : at + 1;
  const month = tokens[monthAt];
  if (month === undefined || month.month === 0) return null;
  const dayAt = isSign(tokens[monthAt + 1], '-/.') ? monthAt + 2 : monthAt + 1;
  const day = tokens[dayAt];
  if (!isSmall(day)) return null;
  return {
    form: { form: 'day', year: year.value, month: month.month, day: day.value },
    from: at,
    to: dayAt + 1,
  };
}

function compact(token: Token, at: number): FoundForm | null {
  const year = Math.floor(token.value / 10_000);
  const month = Math.floor(token.value / 100) % 100;
  const day = token.value % 100;
  if (year >= 2200 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  return { form: { form: 'day', year, month, day }, from: at, to: at + 1 };
}

const century = (token: Token): number => (token.digits <= 2 ? 2000 + token.value : token.value);

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
  if (sign?.text === '.' && !dotted) return null;
  const next = dotted ? tokens[at + 4] : after;
  if (
    next?.kind === 'number' ||
    isSign(next, '%') ||
    (next?.kind === 'word' && !isWord(next, 'or', 'and', 'at', 'eod', 'utc'))
  ) {
    return null;
  }
  return {
    form: { form: 'numbers', first: first.value, second: second.value, year: null },
    from: at,
    to: dotted ? at + 4 : at + 3,
  };
}

/** A year at `at`, perhaps behind a comma or "of"; `short` allows two digits. */
function yearAt(tokens: Tokens, at: number, short: boolean): { year: number; to: number } | null {
  let index = at;
  if (isSign(tokens[index], ',.-/') || isWord(tokens[index], 'of', 'de', 'del', 'in')) index += 1;
  if (isSign(tokens[index], ',')) index += 1;
  const apostrophe = isSign(tokens[index], "'’‘");
  if (apostrophe) index += 1;
  const token = tokens[index];
  if (isYear(token)) {
    const continued =
      isSign(tokens[index + 1], '-/.') && isSmall(tokens[index + 2]) && tight(tokens, index, index + 3);
    return continued ? null : { year: token.value, to: index + 1 };
  }
  if (!isSmall(token) || token.digits !== 2 || token.ordinal || !(apostrophe || (short && index - at <= 1)))
    return null;
  const next = tokens[index + 1];
  if (next?.kind === 'word' || isSign(next, ':%') || isSign(next, '/')) return null;
  if (index > at && !apostrophe && !isSign(tokens[at], '-/')) return null;
  return { year: century(token), to: index + 1 };
}

/** `4 December 2026`, `4th of Dec`, `16-20 Nov` */
function dayMonth(tokens: Tokens, at: number): FoundForm | null {
  const day = tokens[at];
  if (!isSmall(day)) return null;
  const range = secondDay(tokens, at + 1);
  const last = range?.day ?? day;
  let index = range?.to ?? at + 1;
  if (isSign(tokens[index], '.-/,') || isWord(tokens[index], 'of', 'de')) index += 1;
  if (isWord(tokens[index], 'of')) index += 1;
  const month = tokens[index];
  if (month === undefined || month.month === 0) return null;
  if (month.text === 'may' && isVerb(tokens[index + 1])) return null;
  index += 1;
  const dot = isSign(tokens[index], '.') ? 1 : 0;
  const year = yearAt(tokens, index + dot, true);
  const of = (value: number): DateForm => ({
    form: 'day',
    year: year?.year ?? null,
    month: month.month,
    day: value,
  });
  return ranged({ form: of(last.value), from: at, to: year?.to ?? index }, range, of(day.value));
}

const isVerb = (token: Token | undefined): boolean =>
  isWord(token, 'be', 'have', 'need', 'not', 'take', 'change');

function ranged(found: FoundForm, second: { alternative: boolean } | null, first: DateForm): FoundForm {
  if (second === null) return found;
  return second.alternative ? { ...found, alternative: first } : { ...found, rangeStart: first };
}

/** The second number of `16-20`, `16 to 20`, `16 or 20`. */
function secondDay(tokens: Tokens, at: number): { day: Token; to: number; alternative: boolean } | null {
  const joint = tokens[at];
  const alternative = isSign(joint, '/') || isWord(joint, 'or');
  if (!alternative && !isSign(joint, '-→') && !isWord(joint, 'to', 'through', 'thru', 'until', 'till'))
    return null;
  const day = tokens[at + 1];
  return isSmall(day) ? { day, to: at + 2, alternative } : null;
}

/** `Dec 4, 2026`, `December the 4th`, `Nov 16 - 20` */
function monthDay(tokens: Tokens, at: number): FoundForm | null {
  const month = tokens[at] as Token;
  let index = at + 1;
  if (isSign(tokens[index], '.,-/')) index += 1;
  if (isWord(tokens[index], 'the')) index += 1;
  const day = tokens[index];
  if (!isSmall(day) || isSign(tokens[index + 1], '%') || isClock(tokens, index))
    return endOfNamed(tokens, at);
  index += 1;
  const dayFirst = tokens[index]?.month ?? 0;
  if (dayFirst > 0 && month.month !== dayFirst && !day.ordinal) return null;
  const second = secondDay(tokens, index);
  const range = second !== null && closesRange(tokens, second, day) ? second : null;
  const end = range?.to ?? index;
  const year = yearAt(tokens, end, false) ?? (isSign(tokens[end], '-/') ? yearAt(tokens, end, true) : null);
  const of = (value: number): DateForm => ({
    form: 'day',
    year: year?.year ?? null,
    month: month.month,
    day: value,
  });
  return ranged({ form: of((range?.day ?? day).value), from: at, to: year?.to ?? end }, range, of(day.value));
}

/** In `Nov 16 - 20` nothing follows that the 20 could count or belong to. */
function closesRange(tokens: Tokens, second: { day: Token; to: number }, first: Token): boolean {
  const next = tokens[second.to];
  if (second.day.value <= first.value || isSign(next, ':%/.-') || isClock(tokens, second.to - 1)) {
    return second.day.value > first.value && isSign(next, '.') && tokens[second.to + 1]?.kind !== 'number';
  }
  return (
    next === undefined ||
    next.kind !== 'word' ||
    isWord(next, 'at', 'or', 'in', 'eod', 'is', 'was', 'by', 'due', 'dri', 'owner')
  );
}

/** `17:00`, `5 pm`: a time of day. */
const isClock = (tokens: Tokens, at: number): boolean =>
  (isSign(tokens[at + 1], ':') && tokens[at + 2]?.kind === 'number') ||
  isWord(tokens[at + 1], 'pm', 'am', 'h');

/** `November EOM`, `Nov end` */
function endOfNamed(tokens: Tokens, at: number): FoundForm | null {
  const year = yearAt(tokens, at + 1, false);
  const index = year?.to ?? at + 1;
  if (!isWord(tokens[index], 'eom')) return null;
  const month = (tokens[at] as Token).month;
  return { form: { form: 'end-of-month', year: year?.year ?? null, month }, from: at, to: index + 1 };
}

/** `EOQ`, `end of November`, `end of FY27 Q3` */
function endOf(tokens: Tokens, at: number): FoundForm | null {
  const word = (tokens[at] as Token).text;
  const short = /^eo(qtr|q|m|y|fy)$/.exec(word)?.[1];
  let index = at + 1;
  const lastDay = word === 'last' && isWord(tokens[at + 1], 'day');
  if (short === undefined) {
    if (!lastDay && word !== 'end' && word !== 'close' && word !== 'ende') return quarterEnd(tokens, at);
    if (lastDay) index += 1;
    if (isSign(tokens[index], '-')) index += 1;
    if (isWord(tokens[index], 'of')) index += 1;
    if (isSign(tokens[index], '-')) index += 1;
  } else if (isWord(tokens[index], 'of')) index += 1;
  while (isWord(tokens[index], 'the', 'this', 'our', 'current', 'calendar')) index += 1;
  return endOfWhat(tokens, at, index, short);
}

function endOfWhat(tokens: Tokens, at: number, index: number, short: string | undefined): FoundForm | null {
  const token = tokens[index];
  const quarter = quarterAt(tokens, index);
  if (quarter !== null) {
    const { fiscalYear, to } = quarter;
    return quarter.quarter === null
      ? { form: { form: 'end-of-fiscal-year', fiscalYear }, from: at, to }
      : { form: { form: 'end-of-quarter', fiscalYear, quarter: quarter.quarter }, from: at, to };
  }
  if (token !== undefined && token.month > 0 && short !== 'q') {
    const year = yearAt(tokens, index + (isSign(tokens[index + 1], '.') ? 2 : 1), false);
    return {
      form: { form: 'end-of-month', year: year?.year ?? null, month: token.month },
      from: at,
      to: year?.to ?? index + 1,
    };
  }
  if (short === 'q' || short === 'qtr') {
    const number = tokens[index];
    const glued = isSmall(number) && number.value >= 1 && number.value <= 4 && !number.gap;
    return {
      form: { form: 'end-of-quarter', fiscalYear: null, quarter: glued ? number.value : null },
      from: at,
      to: glued ? index + 1 : at + 1,
    };
  }
  if (isWord(token, 'quarter', 'qtr'))
    return { form: { form: 'end-of-quarter', fiscalYear: null, quarter: null }, from: at, to: index + 1 };
  if (short === 'm' || isWord(token, 'month'))
    return { form: { form: 'end-of-some-month' }, from: at, to: short === 'm' ? at + 1 : index + 1 };
  if (short === 'fy' || (isWord(token, 'fiscal') && isWord(tokens[index + 1], 'year'))) {
    return {
      form: { form: 'end-of-fiscal-year', fiscalYear: null },
      from: at,
      to: short === 'fy' ? at + 1 : index + 2,
    };
  }
  if (isYear(token)) return { form: { form: 'end-of-year', year: token.value }, from: at, to: index + 1 };
  if (short === 'y' || isWord(token, 'year'))
    return { form: { form: 'end-of-year', year: null }, from: at, to: short === 'y' ? at + 1 : index + 1 };
  return null;
}

/** `quarter end`, `Q4 end` */
function quarterEnd(tokens: Tokens, at: number): FoundForm | null {
  if (isWord(tokens[at], 'quarter')) {
    const index = isSign(tokens[at + 1], "-'’") ? at + 2 : at + 1;
    const end = isWord(tokens[index], 's') ? index + 1 : index;
    return isWord(tokens[end], 'end', 'close')
      ? { form: { form: 'end-of-quarter', fiscalYear: null, quarter: null }, from: at, to: end + 1 }
      : null;
  }
  const quarter = quarterAt(tokens, at);
  if (quarter === null || quarter.quarter === null) return null;
  const index = isSign(tokens[quarter.to], '-') ? quarter.to + 1 : quarter.to;
  if (!isWord(tokens[index], 'end')) return null;
  return {
    form: { form: 'end-of-quarter', fiscalYear: quarter.fiscalYear, quarter: quarter.quarter },
    from: at,
    to: index + 1,
  };
}

/** `FY27 Q3`, `FY2027-Q3`, `FY27Q3`, `Q3`, `Q3 FY27`, `FY27` */
function quarterAt(
  tokens: Tokens,
  at: number,
): { fiscalYear: number | null; quarter: number | null; to: number } | null {
  const [word, number] = tokens.slice(at, at + 2);
  if (!isWord(word, 'q', 'fy') || number?.kind !== 'number') return null;
  let to = at + 2;
  if (word?.text === 'q') {
    if (number.value < 1 || number.value > 4) return null;
    const of = isSign(tokens[to], '-/') || isWord(tokens[to], 'of') ? to + 1 : to;
    const year = isWord(tokens[of], 'fy') ? tokens[of + 1] : undefined;
    if (year?.kind === 'number') return { fiscalYear: century(year), quarter: number.value, to: of + 2 };
    return { fiscalYear: null, quarter: number.value, to };
  }
  const fiscalYear = century(number);
  if (isSign(tokens[to], '-/')) to += 1;
  const quarter = tokens[to + 1];
  if (isWord(tokens[to], 'q') && quarter?.kind === 'number' && quarter.value >= 1 && quarter.value <= 4) {
    return { fiscalYear, quarter: quarter.value, to: to + 2 };
  }
  return { fiscalYear, quarter: null, to: at + 2 };
}
