import {
  century,
  type DateForm,
  type FoundForm,
  isSign,
  isSmall,
  isWord,
  isYear,
  type Tokens,
  yearAt,
} from './date-form.ts';
import type { Token } from './date-tokens.ts';

/** One word for "end of …", as the small words of dates give it. */
const shortEnds: ReadonlyMap<string, string> = new Map([
  ['eoq', 'quarter'],
  ['eom', 'month'],
  ['eoy', 'year'],
  ['eofy', 'fiscal'],
]);

/** `EOQ`, `end of November`, `end of FY27 Q3` */
export function endOf(tokens: Tokens, at: number): FoundForm | null {
  const word = (tokens[at] as Token).text;
  const short = shortEnds.get(word);
  let index = at + 1;
  const lastDay = word === 'last' && isWord(tokens[at + 1], 'day');
  if (short === undefined) {
    if (!lastDay && word !== 'end') return quarterEnd(tokens, at);
    if (lastDay) index += 1;
    if (isSign(tokens[index], '-')) index += 1;
    if (isWord(tokens[index], 'of')) index += 1;
    if (isSign(tokens[index], '-')) index += 1;
  }
  while (isWord(tokens[index], 'of', 'the', 'this', 'calendar')) index += 1;
  return endOfWhat(tokens, at, index, short);
}

function endOfWhat(tokens: Tokens, at: number, index: number, short: string | undefined): FoundForm | null {
  const token = tokens[index];
  const until = (to: number, form: DateForm): FoundForm => ({ form, from: at, to });
  const found = quarterAt(tokens, index);
  if (found !== null) {
    const { fiscalYear, quarter, to } = found;
    if (quarter === null) return until(to, { form: 'end-of-fiscal-year', fiscalYear });
    return isWord(tokens[index - 1], 'calendar')
      ? until(to, { form: 'end-of-month', year: null, month: quarter * 3 })
      : until(to, { form: 'end-of-quarter', fiscalYear, quarter });
  }
  if (token !== undefined && token.month > 0 && short !== 'quarter') {
    const year = yearAt(tokens, index + (isSign(tokens[index + 1], '.') ? 2 : 1), false);
    return until(year?.to ?? index + 1, {
      form: 'end-of-month',
      year: year?.year ?? null,
      month: token.month,
    });
  }
  if (short === 'quarter') {
    const glued = isSmall(token) && token.value >= 1 && token.value <= 4 && !token.gap;
    const quarter = glued ? token.value : null;
    return until(glued ? index + 1 : at + 1, { form: 'end-of-quarter', fiscalYear: null, quarter });
  }
  if (isWord(token, 'quarter'))
    return until(index + 1, { form: 'end-of-quarter', fiscalYear: null, quarter: null });
  if (short === 'month' || isWord(token, 'month'))
    return until(short === 'month' ? at + 1 : index + 1, { form: 'end-of-some-month' });
  if (short === 'fiscal' || (isWord(token, 'fiscal') && isWord(tokens[index + 1], 'year')))
    return until(short === 'fiscal' ? at + 1 : index + 2, { form: 'end-of-fiscal-year', fiscalYear: null });
  if (isYear(token)) return until(index + 1, { form: 'end-of-year', year: token.value });
  if (short === 'year' || isWord(token, 'year'))
    return until(short === 'year' ? at + 1 : index + 1, { form: 'end-of-year', year: null });
  return null;
}

/** `quarter end`, `Q4 end` */
function quarterEnd(tokens: Tokens, at: number): FoundForm | null {
  if (isWord(tokens[at], 'quarter')) {
    const index = isSign(tokens[at + 1], "-'’") ? at + 2 : at + 1;
    const end = isWord(tokens[index], 's') ? index + 1 : index;
    return isWord(tokens[end], 'end')
      ? { form: { form: 'end-of-quarter', fiscalYear: null, quarter: null }, from: at, to: end + 1 }
      : null;
  }
  const found = quarterAt(tokens, at);
  if (found === null || found.quarter === null) return null;
  const { fiscalYear, quarter, to } = found;
  const index = isSign(tokens[to], '-') ? to + 1 : to;
  if (!isWord(tokens[index], 'end')) return null;
  return { form: { form: 'end-of-quarter', fiscalYear, quarter }, from: at, to: index + 1 };
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
