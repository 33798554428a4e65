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

export const dayOf = (year: number | null, month: number, day: number): DateForm => ({
  form: 'day',
  year,
  month,
  day,
});

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

export type Tokens = readonly Token[];

/** A number of one or two digits, or a year: told apart from other tokens for the compiler's sake only. */
export type Numeral = Token & { readonly numeral: true };

export const isYear = (token: Token | undefined): token is Numeral =>
  token?.kind === 'number' &&
  token.digits === 4 &&
  token.value >= 1900 &&
  token.value < 2200 &&
  !token.ordinal;
export const isSmall = (token: Token | undefined): token is Numeral =>
  token?.kind === 'number' && token.digits <= 2;
export const isSign = (token: Token | undefined, signs: string): boolean =>
  token?.kind === 'sign' && signs.includes(token.text);
export const isWord = (token: Token | undefined, ...words: string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text);

export const century = (token: Token): number => (token.digits <= 2 ? 2000 + token.value : token.value);

/** A year at `at`, perhaps behind a comma or "of"; `short` allows two digits. */
export function yearAt(tokens: Tokens, at: number, short: boolean): { year: number; to: number } | null {
  let index = at;
  if (isSign(tokens[index], ',.-/') || isWord(tokens[index], 'of')) index += 1;
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

export const tight = (tokens: Tokens, from: number, to: number): boolean =>
  tokens.slice(from + 1, to).every((token) => !token.gap);
