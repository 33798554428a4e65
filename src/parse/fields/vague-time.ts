import { type Span, textOf, within } from '../../markdown/rich-text.ts';
import type { Placeholders } from '../phrases.ts';
import { wordsOf } from '../signs.ts';
import { datedText, findDates, readDate } from '../values/dates.ts';
import type { DateReading } from '../values/found-date.ts';
import { piecesOf, type SentenceDate, tidied } from './pieces.ts';

/** Words about a date, by what they say; all others speak of something else. */
export const knownIds = [
  'lead-in',
  'around',
  'before-date',
  'due',
  'planned',
  'now',
  'was',
  'from',
  'doubt',
  'slips',
  'neutral',
  'none',
  'goes-on',
  'the',
  'of',
  'this',
  'end',
  'to',
  'or',
  'and',
  'clock',
  'vague-time',
];

/** "ETA slipped from Dec 4 to": nothing but when it is, and since when. */
export function saysOnlyWhen(text: string, { cues, words }: DateReading): boolean {
  let rest = text.toLowerCase();
  for (const { at, end } of cues.each(rest, knownIds))
    rest = rest.slice(0, at) + ' '.repeat(end - at) + rest.slice(end);
  return (rest.match(/(?<!\d)\p{L}+/gu) ?? []).every(
    (word) => words.month(word) > 0 || words.weekday(word) > 0,
  );
}

/** "early next week", "in two sprints", "Q3": a time, but no day. */
export function soundsLikeTime(text: string, { cues, words }: DateReading): boolean {
  const value = text.trim().toLowerCase();
  if (value.length > 60) return false;
  const said = wordsOf(value);
  if (said.length <= 4 && said.some((word) => words.month(word) > 0)) return true;
  const lead = cues.behind(value, ['lead-in', 'around'])?.end ?? 0;
  const rest = value.slice(lead).replace(/^[\s~]+/, '');
  const start = words.plain(rest.split(/\s/)[0] ?? '') === 'the' ? rest.replace(/^\S+\s+/, '') : rest;
  return (
    /^(?:fy|q)\d/.test(start) ||
    cues.behind(start, ['vague-time']) !== null ||
    (/^\d+\s/.test(start) && cues.behind(start.replace(/^\d+/, ''), ['period']) !== null)
  );
}

/**
 * What is said last is a time but no day: "Guide - @ann - early December", and without a sign before it "Guide early
 * December"; only next to people a day of the week is one: "Guide, @ann, Friday".
 */
export function vagueEnd(span: Span, reading: DateReading, besidePeople = false): Span | null {
  const said = tidied(span, reading.cues);
  const pieces = piecesOf(said);
  const [people, last] = pieces.slice(-2);
  if (last !== undefined && people !== undefined && !textOf(last).includes('@')) {
    const isBeside = besidePeople || (pieces.length > 2 && textOf(people).startsWith('@'));
    if (isBeside ? isVague(textOf(last), reading) : hasMonth(textOf(last), reading)) return last;
  }
  const tail = within(said, Math.max(said.start, said.end - 40), said.end);
  const text = textOf(tail);
  const colon = text.lastIndexOf(': ');
  const cues = reading.cues.each(text, ['vague-time', 'around', 'no-day']).map(({ at }) => at);
  const at = [colon === -1 ? 0 : colon + 2, ...cues].find(
    (from) => tail.start + from > said.start && from > 0 && hasMonth(text.slice(from), reading),
  );
  return at === undefined ? null : within(said, tail.start + at, said.end);
}

const peopleAtEnd = /[\s,;|([–—+&/:-]*(?:@[\w./-]+[\s,;&+/)\].]*)+$/u;

/** Without the people at the end: "Guide in December (@ann)", "Guide - TBD - @ann". */
function withoutPeople(span: Span): Span | null {
  const found = peopleAtEnd.exec(textOf(span));
  return found === null || found.index === 0 ? null : within(span, span.start, span.start + found.index);
}

/** "in December", "early January": nothing but a month, and words that make it vague. */
const hasMonth = (text: string, reading: DateReading): boolean =>
  soundsLikeTime(text, reading) &&
  /\p{L}$/u.test(text) &&
  wordsOf(text.toLowerCase()).some((word) => reading.words.month(word) > 0);

function isVague(text: string, reading: DateReading): boolean {
  const { words } = reading;
  const [first, ...others] = text.matchAll(words.tokens);
  // "Friday", "4th"
  const isDay =
    first !== undefined && others.length === 0 && (words.weekday(first[0].toLowerCase()) > 0 || !!first[2]);
  return isDay || soundsLikeTime(text, reading);
}

/**
 * A due date that is no day, by where it is: behind "by", at the end, or next to the people; of what is next to them also
 * one that is still open.
 */
export function openTime(span: Span, reading: DateReading, open: Placeholders): SentenceDate | null {
  const ahead = withoutPeople(span);
  const beside = ahead === null ? null : vagueEnd(ahead, reading, true);
  const left = ahead === null ? undefined : piecesOf(ahead).slice(1).at(-1);
  const last = vagueEnd(span, reading);
  const said =
    behindLeadIn(span, reading, open) ??
    last ??
    beside ??
    (left !== undefined && open.isValue(left) ? left : null);
  if (said === null) return null;
  const field = readDate(said, reading, (piece) => open.isValue(piece));
  const isEnd = said === last;
  return {
    field,
    taken: [{ span: isEnd ? within(said, said.start, span.end) : said, where: isEnd ? 'end' : 'middle' }],
  };
}

/** "by mid-December", "by TBD" */
function behindLeadIn(span: Span, reading: DateReading, open: Placeholders): Span | null {
  const text = datedText(span);
  const cue = reading.cues.within(text, ['lead-in']);
  const said =
    cue === null ? '' : (/^\s+([^,;()@.]{2,40})(?=$|[,;(@.])/u.exec(text.slice(cue.end))?.[1]?.trim() ?? '');
  if (said === '') return null;
  const at = span.start + text.indexOf(said, cue?.end ?? 0);
  const found = within(span, at, at + said.length);
  // A day that is said was looked at before, and is of something else.
  if (findDates(found, reading).length > 0) return null;
  return soundsLikeTime(textOf(found), reading) || open.isValue(found) ? found : null;
}
