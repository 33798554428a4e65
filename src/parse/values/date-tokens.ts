import type { DateWords } from './date-words.ts';

/** A word, a number or a sign of a text that may hold dates. */
export interface Token {
  kind: 'number' | 'word' | 'sign';
  /** In lower case; the small words of dates in English. */
  text: string;
  start: number;
  end: number;
  /** Whether white space is before it. */
  gap: boolean;
  /** Of a number; else 0. */
  value: number;
  /** Digits of a number; else 0. */
  digits: number;
  /** A number written as 4th, 1st … */
  ordinal: boolean;
  /** Of a word: 1 to 12, or 0. */
  month: number;
  /** Of a word: 1 to 7, or 0. */
  weekday: number;
}

/** Cuts a text into tokens; places count from the beginning of `text`. */
export function dateTokens(text: string, words: DateWords): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const found of text.matchAll(words.tokens)) {
    const [raw, digits, ordinal] = found;
    const lower = raw.toLowerCase();
    const kind = digits !== undefined ? 'number' : /^\p{L}/u.test(raw) ? 'word' : 'sign';
    tokens.push({
      kind,
      text: kind === 'sign' ? unified(raw) : words.plain(lower),
      start: found.index,
      end: found.index + raw.length,
      gap: found.index > last,
      value: digits === undefined || digits.length > 8 ? 0 : Number(digits),
      digits: digits?.length ?? 0,
      ordinal: ordinal !== undefined,
      month: kind === 'word' ? words.month(lower) : 0,
      weekday: kind === 'word' ? words.weekday(lower) : 0,
    });
    last = found.index + raw.length;
  }
  for (const [index, token] of tokens.entries()) {
    if (token.month > 0 && words.isCommon(token.text) && !isSetAsMonth(tokens, index)) token.month = 0;
  }
  return tokens;
}

/** `4/out/2026`, `15 set. 2026`, `4 de out`: nothing but a month is set like this. */
function isSetAsMonth(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  return (
    (before?.kind === 'sign' && '/-'.includes(before.text)) ||
    (before?.text === 'of' && before.end - before.start === 2 && tokens[at - 2]?.kind === 'number') ||
    (after?.kind === 'sign' && '/.'.includes(after.text) && before?.kind === 'number') ||
    (after?.digits === 4 && before?.kind === 'number')
  );
}

/** Dashes and arrows of all kinds as one. */
function unified(sign: string): string {
  if (/^[‐‑‒–—―−〜～~]$/.test(sign)) return sign === '~' ? '~' : '-';
  return /^(?:->|=>|-->|[→⇒➡⟶➔>»])$/.test(sign) ? '→' : sign;
}
