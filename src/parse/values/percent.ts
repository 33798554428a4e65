import { halfWidth } from '../../markdown/rich-text.ts';
import type { PercentField } from '../../model/document.ts';

type ReadPercent = Pick<PercentField, 'value' | 'problem'>;

const number =
  /(?<![\p{L}\p{N}.,/])([-−+]?)(\d{1,9}(?:[.,]\d{1,6})?|[.,]\d{1,6})\s*(%|percent\b|per cent\b|pct\b|prozent\b)?/giu;
const earlier =
  /(?:\bwas|\bfrom|\blast(?: week| time| update)?|\bpreviously|\bbefore|\bprior|\bup from|\bdown from|\btarget(?: is)?|\bgoal|\bof|\bplan(?:ned)?|\bconfidence|\bexpected|\bshould be|\bout of)[\s:=(]*$/iu;
const replacing = /(?:[→➡⇒➔➜➝➞⟶⟹⇨»]|->|=>|>|\bnow|\bto|\bthis week)(?:[\s:]|\uFE0F)*$/iu;
const earlierBehind =
  /^\s*(?:last (?:week|time|update)|(?:a|one) week ago|previously|before|earlier)(?!\p{L})/iu;
const placeholder = /^[\s~]*(?:x{1,3}|y{1,3}|n{1,2}|_{1,4}|\?{1,3}|\.{2,3}|…|0?x|#{1,3})\s*(?:%|percent)?$/iu;

/** "3/4 milestones", "9 of 20": a count. */
const isCount = (text: string): boolean =>
  /^\D{0,40}\d+\s*(?:\/|of|out of)\s*\d+(?!\s*(?:%|percent|\d))/iu.test(text) && !/%/.test(text);

const inBrackets = (text: string, only: boolean): string =>
  only ? (/\(([^()]*)/.exec(text)?.[1] ?? text) : text.replace(/[()]/g, ' ');

interface Amount {
  value: number;
  signed: boolean;
  before: string;
  after: string;
  percent: boolean;
}

/** Reads how much is done; what stands in brackets is a remark. */
export function readPercent(text: string, isPlaceholder: (text: string) => boolean): ReadPercent {
  const whole = halfWidth(text.trim().slice(0, 400));
  if (whole === '') return { value: null, problem: 'missing' };
  if (placeholder.test(whole) || isPlaceholder(whole) || isPlaceholder(whole.replace(/\s*%$/, '')))
    return { value: null, problem: 'placeholder' };
  const open = whole.replace(/\([^()]*\)?/g, ' ').trim();
  const counted = isCount(open);
  const main =
    /\d/.test(open) && !(counted && /\([^()]*\d\s*(?:%|percent)/iu.test(whole))
      ? open
      : inBrackets(whole, counted);
  if (isCount(main)) return { value: null, problem: 'not-a-number' };
  const amounts = amountsIn(main);
  if (isRange(main) || /^\W*\d+\s+\d+\s*%/.test(main)) return { value: null, problem: 'not-a-number' };
  const chosen = choose(amounts);
  if (chosen === null) {
    const first = open.split(/\s/)[0] ?? '';
    return { value: null, problem: placeholder.test(first) ? 'placeholder' : 'not-a-number' };
  }
  const { value } = chosen;
  return value < 0 || value > 100 ? { value: null, problem: 'out-of-range' } : { value, problem: null };
}

/** `37,5` is a decimal comma, `1,000` none. */
const amount = (digits: string): number =>
  Number(/^\d{1,3}(?:,\d{3}|\.000)$/.test(digits) ? digits.replace(/[.,]/, '') : digits.replace(',', '.'));

function amountsIn(text: string): Amount[] {
  const amounts: Amount[] = [];
  let last = 0;
  for (const match of text.matchAll(number)) {
    const [raw, sign, digits, percent] = match;
    const value = amount(digits as string) * (sign === '-' || sign === '−' ? -1 : 1);
    const end = match.index + raw.length;
    const before = text.slice(last, match.index);
    amounts.push({
      value,
      signed: sign === '+',
      before,
      after: text.slice(end, end + 24),
      percent: percent !== undefined,
    });
    last = end;
  }
  return amounts.filter(
    (one) => one.percent || /^\s*(?:$|[,;.|)→>-]|\(|->|complete|done|so far|at)/iu.test(one.after),
  );
}

/** `40-50%`, "between 40 and 50 %" */
const isRange = (text: string): boolean =>
  /\d\s*%?\s*(?:[-–—]|\bto\b|\bor\b)\s*\d{1,9}(?:[.,]\d{1,6})?\s*(?:%|percent|$)/iu.test(text) &&
  !/\bfrom\b/iu.test(text) &&
  !/^\W*[-−]?\d+\W+(?:week|day)/iu.test(text)
    ? true
    : /\bbetween\s+\d+\s*%?\s+and\s+\d/iu.test(text);

function choose(amounts: readonly Amount[]): Amount | null {
  const current = amounts.filter(
    (one) => !one.signed && !earlier.test(one.before) && !earlierBehind.test(one.after),
  );
  const pool = current.length > 0 ? current : amounts.filter((one) => !one.signed);
  let chosen = pool[0] ?? null;
  if (chosen !== null && /\d\s*\/\s*$|\/\s*\d/.test(chosen.after.slice(0, 5))) return null;
  for (const one of pool.slice(1)) if (replacing.test(one.before)) chosen = one;
  return chosen;
}
