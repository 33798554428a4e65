import { type Span, textOf, within } from '../../markdown/rich-text.ts';
import type { Placeholders } from '../phrases.ts';
import { wordsOf } from '../signs.ts';
import { isOfSomethingElse } from '../values/date-roles.ts';
import { asField, findDates, type PlacedDateField, readDate } from '../values/dates.ts';
import type { DateReading, FoundDate } from '../values/found-date.ts';
import { bracketsOf, piecesOf, type SentenceDate, type Taken, tidied } from './pieces.ts';
import { openTime, saysOnlyWhen, soundsLikeTime } from './vague-time.ts';

/** A sign that sets a date off from what is before it, and a word or two that belong to the date. */
const setOff = /(?:[,:;|–—→(@~]|\s-+|->|\s{2})\s*(?:\p{L}{1,9}\.?,?\s*){0,2}[~(]?\s*$/u;

/** "Kick-off on Nov 24", "Hold the kick-off on Nov 24": the milestone itself takes place on that day. */
function takesPlace(before: string, { cues, words }: DateReading): boolean {
  const cue = cues.before(before, ['takes-place']);
  if (cue === null || cues.before(before.slice(cue.end), ['lead-in'], true) === null) return false;
  const ahead = wordsOf(before.slice(0, cue.at));
  return ahead.filter((word) => words.plain(word) !== 'the').length <= 1;
}

const isElsewhere = ({ before }: FoundDate, { cues, words }: DateReading): boolean =>
  isOfSomethingElse(cues, before.slice(lastPiece.exec(before)?.[0].length ?? 0), words);

/** The due date of an item without a label for it: in brackets, behind "by", at either end. */
export function dateInSentence(
  spans: readonly Span[],
  reading: DateReading,
  open: Placeholders,
): SentenceDate | null {
  for (const span of spans.map((one) => tidied(one, reading.cues))) {
    for (const tail of bracketsOf(span)) {
      const inner = pieceWithDate(tail.inner, reading, open);
      if (inner !== null) return { field: inner, taken: [{ span: tail.outer, where: 'end' }] };
    }
    const found = bestDate(span, reading);
    if (found !== null) return found;
    const vague = openTime(span, reading, open);
    if (vague !== null) return vague;
  }
  return null;
}

/** The part of "(@ann, Dec 4)" that speaks of a date. */
function pieceWithDate(span: Span, reading: DateReading, open: Placeholders): PlacedDateField | null {
  const isOpen = (piece: Span): boolean => open.isValue(piece);
  if (findDates(span, reading).some((date) => !isElsewhere(date, reading))) {
    const read = readDate(span, reading, isOpen);
    return read.span === null ? read : { ...read, raw: textOf(read.span) };
  }
  const pieces = piecesOf(span);
  const dateless = pieces.filter((piece) => !textOf(piece).includes('@'));
  for (const piece of dateless) {
    const speaks = soundsLikeTime(textOf(piece), reading) || (pieces.length > 1 && isOpen(piece));
    if (speaks) return readDate(piece, reading, isOpen);
  }
  return null;
}

/** Dates that are due dates by where they stand; of several the one announced best. */
function bestDate(span: Span, reading: DateReading): SentenceDate | null {
  const dates = findDates(span, reading).filter(
    (date) => !isElsewhere(date, reading) || takesPlace(date.before, reading),
  );
  const ranked = dates
    .map((date) => ({ date, rank: rankOf(span, date, reading) }))
    .filter(({ rank }) => rank > 0);
  if (ranked.length === 0) return null;
  const best = Math.max(...ranked.map(({ rank }) => rank));
  const chosen = ranked.filter(({ rank }) => rank === best).map(({ date }) => date);
  const [first] = chosen;
  const last = chosen.at(-1);
  if (first === undefined || last === undefined) return null;
  const whole = within(span, first.span.start, last.span.end);
  const joined = chosen.length === 1 ? joinedWith(first, dates, reading) : null;
  if (joined !== null) {
    const both = within(span, first.span.start, joined.span.end);
    const field = readDate(both, reading, () => false);
    return { field: { ...field, span: both, raw: textOf(both) }, taken: [{ span: both, where: 'middle' }] };
  }
  const single = chosen.length === 1;
  const field = single ? asField(first, textOf(first.span)) : readDate(whole, reading, () => false);
  return {
    field: { ...field, span: whole, raw: textOf(whole) },
    taken: single ? takenBy(span, first, reading) : [],
  };
}

/** The date right behind another that belongs to it: "Nov 20 or Nov 27", "Nov 16 - Nov 27". */
function joinedWith(first: FoundDate, dates: readonly FoundDate[], reading: DateReading): FoundDate | null {
  const next = dates[dates.indexOf(first) + 1];
  if (next === undefined || next.bracketed !== first.bracketed) return null;
  const [joint, ...more] = wordsOf(next.before);
  if (joint === undefined) return /^\s*(?:[-–—/→]|[-=]>)\s*$/.test(next.before) ? next : null;
  const isJoint =
    ['or', 'and', 'to'].includes(reading.words.plain(joint)) && !/[^\p{L}\s]/u.test(next.before);
  return isJoint && more.every((word) => isSmall(word, reading)) ? next : null;
}

/** Whether a word says nothing but that a date follows: "by", "Thursday", "the". */
export const isSmall = (word: string, { cues, words }: DateReading): boolean =>
  words.weekday(word) > 0 ||
  words.plain(word) === 'the' ||
  cues.behind(word, ['lead-in'])?.end === word.length;

/** Whether nothing is before a date but such words: "By Thursday, …" */
export function isBeginning(text: string, reading: DateReading): boolean {
  if (text.length > 40 || /[^\p{L}\s[(*~.,]/u.test(text)) return false;
  return wordsOf(text.toLowerCase()).every((word) => isSmall(word, reading));
}

function rankOf(span: Span, date: FoundDate, reading: DateReading): number {
  const { cues } = reading;
  const { text } = span.rich;
  const before = text.slice(Math.max(span.start, date.span.start - 30), date.span.start).toLowerCase();
  const after = text.slice(date.span.end, Math.min(span.end, date.span.end + 12));
  const behind = text.slice(date.span.end, Math.min(span.end, date.span.end + 200));
  const said = cues.behind(behind, ['due']);
  // "15 January at the latest"
  if (said !== null && nothing.test(behind.slice(said.end))) return 4;
  const ends = nothing.test(behind);
  if (cues.before(before, ['due'], true) !== null) return 4;
  if (ends) return 3;
  if (isBeginning(text.slice(span.start, date.span.start), reading))
    return /^\s*[-–—:|)\],]/.test(after) ? 3 : 1;
  if (/^[^\p{L}\p{N}@]{0,8}@/u.test(after)) return 3;
  return cues.before(before, ['lead-in', 'before-date'], true) !== null || setOff.test(before) ? 2 : 0;
}

/** What may be behind the last thing that is said. */
const nothing = /^(?:[\s.()[\]!?;,|·•]|\uFE0F|\p{Extended_Pictographic})*$/u;

const lastPiece = /^.*(?:[,;|({–—]|\s-\s|\S\s{2})/su;

/**
 * How many characters at the end of a text lead to the date behind it: " by ", ", due on the ", " – ", and all of a piece
 * that says nothing but when: " (ETA slipped from Dec 4 to ".
 */
export function leadInLength(text: string, reading: DateReading): number {
  const { cues, words } = reading;
  const piece = lastPiece.exec(text)?.[0].length;
  if (piece !== undefined && saysOnlyWhen(text.slice(piece), reading))
    return text.length - text.slice(0, piece).replace(/[\s,;|({–—-]+$/, '').length;
  const cue = cues.before(text, ['lead-in'], true);
  const rest =
    cue === null
      ? ''
      : text
          .slice(cue.end)
          .replace(/^\s*[:：~-]?\s*/, '')
          .trim();
  const isLead = cue !== null && (rest === '' || words.plain(rest.toLowerCase()) === 'the');
  const head = isLead ? text.slice(0, cue.at) : text;
  return text.length - head.replace(isLead ? /\s*[,;|(–—-]*\s*$/ : /[\s,;|({–—:•·→-]+$/, '').length;
}

/** A date at the end takes the "by" before it along; so does one at the beginning with the colon behind it. */
function takenBy(span: Span, date: FoundDate, reading: DateReading): Taken[] {
  const { text } = span.rich;
  const rest = text.slice(date.span.end, span.end);
  if (nothing.test(rest)) {
    const ahead = text.slice(Math.max(span.start, date.span.start - 60), date.span.start);
    const lead = leadInLength(ahead, reading);
    return [{ span: within(span, date.span.start - lead, span.end), where: 'end' }];
  }
  if (isBeginning(text.slice(span.start, date.span.start), reading))
    return [{ span: within(span, span.start, date.span.end), where: 'start' }];
  return [{ span: date.span, where: 'middle' }];
}
