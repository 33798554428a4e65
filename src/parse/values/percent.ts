import { halfWidth } from '../../markdown/rich-text.ts';
import type { PercentField } from '../../model/document.ts';
import type { Cues } from '../cues.ts';
import { endsInArrow, hasDigit, hasLetter, isAsked, lastPart, withoutBrackets } from '../signs.ts';

type ReadPercent = Pick<PercentField, 'value' | 'problem' | 'certain'>;

const number = /(?<![\p{L}\p{N}.,/])([-−+]?)(\d{1,9}(?:[.,]\d{1,6})?|[.,]\d{1,6})\s*(%)?/gu;
const against: ReadonlySet<string> = new Set(['not', 'was', 'from', 'target', 'left', 'amount-of']);
const placeholder = /^[\s~]*(?:x{1,3}|y{1,3}|n{1,2}|_{1,4}|\?{1,3}|\.{2,3}|…|0?x|#{1,3})\s*%?$/iu;

/** `45 percent` as `45 %`, sign by sign: places stay the same. */
export function withPercentSigns(text: string, cues: Cues): string {
  let result = text;
  for (const { at, end } of cues.each(text, ['percent']))
    result = result.slice(0, at) + '%'.padEnd(end - at) + result.slice(end);
  return result;
}

/** "3/4 milestones", "9 of 20": a count. */
function isCount(text: string, cues: Cues): boolean {
  const [, between = ''] =
    /^\D{0,40}\d+(?:\s+\p{L}{1,20}){0,2}?\s*(\/|\s\p{L}[\p{L}\s]{0,8}?)\s*\d+(?!\s*[%\d])/u.exec(text) ?? [];
  return !text.includes('%') && (between === '/' || cues.is(between, ['out-of']));
}

const inBrackets = (text: string, only: boolean): string =>
  only ? (/\(([^()]*)/.exec(text)?.[1] ?? text) : text.replace(/[()]/g, ' ');

interface Amount {
  value: number;
  signed: boolean;
  before: string;
  after: string;
  percent: boolean;
}

/** Reads how much is done; what is in brackets is a remark. */
export function readPercent(text: string, isPlaceholder: (text: string) => boolean, cues: Cues): ReadPercent {
  const signed = withPercentSigns(halfWidth(text.trim().slice(0, 400)), cues);
  const whole = signed.replace(/\d{4}-\d{2}-\d{2}/g, ' ').trim();
  if (whole === '') return { value: null, problem: 'missing' };
  if (placeholder.test(whole) || isPlaceholder(whole) || isPlaceholder(whole.replace(/\s*%$/, '')))
    return { value: null, problem: 'placeholder' };
  const open = withoutBrackets(whole).trim();
  const counted = isCount(open, cues);
  const main =
    hasDigit(open) && !(counted && /\([^()]*\d\s*%/.test(whole)) ? open : inBrackets(whole, counted);
  if (isCount(main, cues)) return { value: null, problem: 'not-a-number' };
  const amounts = amountsIn(main, cues);
  if (isRange(main, cues) || /^\W*\d+\s+\d+\s*%/.test(main)) return { value: null, problem: 'not-a-number' };
  const chosen =
    choose(amounts, cues) ?? (main === open ? choose(amountsIn(inBrackets(whole, true), cues), cues) : null);
  if (chosen === null) {
    const first = open.split(/\s/)[0] ?? '';
    return { value: null, problem: placeholder.test(first) ? 'placeholder' : 'not-a-number' };
  }
  const { value } = chosen;
  // An OKR score, 0.7 of 1: no one means less than one percent.
  if (!chosen.percent && value > 0 && value < 1) return { value: null, problem: 'not-a-number' };
  const certain = isAsked(open) || cues.within(open, ['doubt']) !== null ? { certain: false } : {};
  return value < 0 || value > 100
    ? { value: null, problem: 'out-of-range' }
    : { value, problem: null, ...certain };
}

/** `37,5` is a decimal comma, `1,000` none. */
const amount = (digits: string): number =>
  Number(/^\d{1,3}(?:,\d{3}|\.000)$/.test(digits) ? digits.replace(/[.,]/, '') : digits.replace(',', '.'));

function amountsIn(text: string, cues: Cues): Amount[] {
  const amounts: Amount[] = [];
  let last = 0;
  for (const match of text.matchAll(number)) {
    const [raw, sign, digits, percent] = match;
    const value = amount(digits as string) * (sign === '-' || sign === '−' ? -1 : 1);
    const end = match.index + raw.length;
    const before = text.slice(last, match.index);
    const previous = amounts.at(-1);
    if (previous !== undefined) previous.after = text.slice(last, match.index);
    amounts.push({
      value,
      signed: sign === '+',
      before,
      after: text.slice(end, end + 40),
      percent: percent !== undefined,
    });
    last = end;
  }
  return amounts.filter(
    (one) =>
      one.percent || /^\s*(?:$|[,;.|()→>-])/u.test(one.after) || cues.behind(one.after, ['actual']) !== null,
  );
}

/** `40-50%`, "between 40 and 50 %"; not "from 40 to 50 %" and "week 3 - 50 %". */
function isRange(text: string, cues: Cues): boolean {
  const [, ahead = '', joint = ''] =
    /^(.*?)\d\s*%?\s*([-–—]|\s\p{L}{1,6}\s)\s*\d{1,9}(?:[.,]\d{1,6})?\s*(?:%|$)/su.exec(text) ?? [];
  if (joint === '' || cues.each(ahead, ['from', 'part', 'period']).length > 0) return false;
  if (cues.is(joint, ['out-of'])) return false;
  // "up 5% to 45%": by how much, and to what.
  if (cues.before(ahead, ['amount-of'], true) !== null) return false;
  const isBetween = cues.each(ahead, ['between']).length > 0;
  return !hasLetter(joint) || cues.is(joint, isBetween ? ['and'] : ['to', 'or']);
}

type Role = 'plain' | 'void' | 'actual' | 'now';

/** What the words next to an amount say of it: planned, left, last week's, of something else. */
function roleOf({ before, after, signed, percent }: Amount, cues: Cues): Role {
  if (signed) return 'void';
  if (endsInArrow(before)) return 'now';
  const clause = lastPart(before, [',', ';', '(', '|', '\n', '、', '，']);
  const ahead = cues.before(clause, ['not', 'target', 'was', 'from', 'left', 'actual', 'now']);
  if (ahead !== null) return against.has(ahead.id) ? 'void' : ahead.id === 'now' ? 'now' : 'actual';
  const behind = cues.behind(after.split(/[,;|\n]/)[0] ?? '', ['left', 'amount-of', 'actual']);
  if (behind !== null) return against.has(behind.id) ? 'void' : 'actual';
  // "milestone 2", "see #45"
  return percent || /^[\s~≈(]*(?:\p{L}{2,7}\.?\s+)?$/u.test(before) ? 'plain' : 'void';
}

/** The amount that is done; null when none is, or when it cannot be told. */
function choose(amounts: readonly Amount[], cues: Cues): Amount | null {
  const weighed = amounts.map((one) => ({ one, role: roleOf(one, cues) }));
  const actual = weighed.filter(({ role }) => role === 'actual');
  const plain = weighed.filter(({ role }) => role === 'plain');
  const now = weighed.findLast(({ role }) => role === 'now');
  const first = plain.find(({ one }) => one.percent && /^[\s~≈]*$/.test(one.before));
  const chosen = (now ?? first ?? actual.at(-1) ?? plain[0])?.one ?? null;
  if (chosen === null) return null;
  if (/^\s*\/\s*(?:\d|$)/.test(chosen.after.slice(0, 5))) return null;
  // "backend 60%, frontend 30%": two of the same kind.
  const named = plain.filter(({ one }) => one.percent && /[\p{L}\d]{2}[\s:]*$/u.test(one.before));
  return now === undefined && actual.length === 0 && named.length > 1 && named.length === plain.length
    ? null
    : chosen;
}
