import { type Span, textOf, within } from '../../markdown/rich-text.ts';
import type { Cues } from '../cues.ts';
import type { Placeholders } from '../phrases.ts';
import { wordsOf } from '../signs.ts';
import { findDates } from '../values/dates.ts';
import type { DateReading } from '../values/found-date.ts';
import { findMentions, type People, type PeopleReading, readPeople } from '../values/people.ts';
import { bracketsOf, lastBracket, piecesOf, type Taken, tidied } from './pieces.ts';
import { isBeginning, leadInLength } from './sentence.ts';
import { soundsLikeTime, vagueEnd } from './vague-time.ts';

export interface SentencePeople {
  people: People;
  span: Span;
  taken: Taken[];
}

/** The DRI of an item without a label: a mention in brackets or at either end. */
export function peopleInSentence(
  spans: readonly Span[],
  how: PeopleReading,
  reading: DateReading,
  open: Placeholders,
): SentencePeople | null {
  for (const span of spans.map((one) => tidied(one, how.cues))) {
    for (const tail of bracketsOf(span)) {
      const inTail = findMentions(tail.inner, how.groups);
      const people = inTail.length > 0 ? readPeople(tail.inner, how) : null;
      if (people !== null && !people.others) {
        return {
          people,
          span: tail.inner,
          taken: [{ span: tail.outer, where: 'end' }],
        };
      }
    }
    const found = mentionAtEnd(span, how, reading) ?? saidToOwn(span, how);
    if (found !== null) return found;
    const pieces = piecesOf(span);
    const ends = pieces.slice(-2);
    const tail = lastBracket(span);
    const inTail = tail === null ? null : besideTime(piecesOf(tail.inner), how, reading, open);
    const atEnd = pieces.length < 3 ? null : besideTime(ends, how, reading, open);
    const named = inTail ?? atEnd;
    const taken: Taken[] =
      inTail !== null || ends[0] === undefined
        ? []
        : [{ span: within(ends[0], ends[0].start, span.end), where: 'end' }];
    if (named !== null) return { people: readPeople(named, how), span: named, taken };
  }
  return null;
}

/** Of two pieces next to each other, one a time, the other if it can only be meant as the DRI: "Ann Lee, Dec 4". */
function besideTime(
  pieces: readonly Span[],
  how: PeopleReading,
  reading: DateReading,
  open: Placeholders,
): Span | null {
  const isTime = (piece: Span): boolean =>
    textOf(piece).length < 40 &&
    (findDates(piece, reading).length > 0 || soundsLikeTime(textOf(piece), reading));
  const dated = pieces.findIndex(isTime);
  if (dated === -1 && !pieces.every((piece) => open.isValue(piece))) return null;
  const other = pieces[dated === -1 ? 1 : 1 - dated];
  return pieces.length === 2 && other !== undefined && isNameLike(other, open, how.cues) ? other : null;
}

function isNameLike(span: Span, open: Placeholders, cues: Cues): boolean {
  const text = textOf(span);
  return (
    open.isValue(span) ||
    /^\p{Lu}[\p{L}.'-]+(?:\s+\p{Lu}[\p{L}.'-]*){0,2}$/u.test(text) ||
    ((/[@`]/.test(text) || cues.within(text, ['team'])?.end === text.length) && !/[:：]/.test(text))
  );
}

/** Whether nothing but a sign or a word that joins them is between two people. */
const isJoint = (text: string, cues: Cues): boolean =>
  !/[^\s,;&+/|\p{L}]/u.test(text) &&
  wordsOf(text).every((word) => cues.is(word, ['and', 'or', 'preposition']));

function mentionAtEnd(span: Span, how: PeopleReading, reading: DateReading): SentencePeople | null {
  const mentions = findMentions(span, how.groups);
  if (mentions.length === 0) return null;
  const { text } = span.rich;
  const vague = vagueEnd(span, reading);
  const dates = [...findDates(span, reading).map((date) => date.span), ...(vague === null ? [] : [vague])];
  let end = trimEnd(text, [span.start, span.end], dates, reading);
  let first = mentions.length;
  for (let index = mentions.length - 1; index >= 0; index -= 1) {
    const mention = mentions[index]?.span as Span;
    if (!isJoint(text.slice(mention.end, end).replace(/[).\]!?:-]/g, ''), how.cues)) break;
    first = index;
    end = mention.start;
  }
  const before = text.slice(Math.max(span.start, end - 40), end);
  const isTold = how.cues.before(
    before,
    ['not', 'was', 'from', 'preposition', 'other-people', 'owner'],
    true,
  );
  const isLoose = isTold?.id === 'preposition' && before.slice(isTold.end).trim() !== '';
  if (first < mentions.length && isTold?.id === 'other-people') {
    const rest = within(span, span.start, end - (before.length - isTold.at));
    return mentionAtEnd(rest, how, reading);
  }
  if (first < mentions.length && (isTold === null || isTold.id === 'owner' || isLoose)) {
    const last = mentions.at(-1) as { span: Span };
    const found = within(span, end, last.span.end);
    const people = readPeople(within(span, end, span.end), how);
    if (people.others) return null;
    const where = trimEnd(text, [span.start, span.end], [], reading) <= found.end + 1 ? 'end' : 'middle';
    return {
      people,
      span: found,
      taken: [{ span: within(found, found.start, span.end), where }],
    };
  }
  return (
    mentionAtStart(span, mentions, how, { dates, reading }) ?? mentionInPiece(span, mentions, how, dates)
  );
}

const signsAtEnd = /(?:[\s.,;)\]!?|({}–—:•·→>-]|\uFE0F|\p{Extended_Pictographic})+$/u;

/** Where a text ends when a date and punctuation at its end do not count. */
function trimEnd(
  text: string,
  [start, end]: readonly [number, number],
  dates: readonly Span[],
  reading: DateReading,
): number {
  let at = end;
  const skip = (): void => {
    const said = text.slice(Math.max(start, at - 40), at);
    at -= said.length - said.replace(signsAtEnd, '').length;
  };
  skip();
  const last = dates.at(-1);
  if (last !== undefined && last.end >= at && last.end <= end) {
    at = last.start;
    at -= leadInLength(text.slice(Math.max(start, at - 60), at), reading);
    skip();
  }
  return at;
}

function mentionAtStart(
  span: Span,
  mentions: readonly { span: Span }[],
  how: PeopleReading,
  { dates, reading }: { dates: readonly Span[]; reading: DateReading },
): SentencePeople | null {
  const first = mentions[0]?.span as Span;
  const lead =
    dates[0] !== undefined && dates[0].end <= first.start ? within(span, span.start, dates[0].start) : null;
  const from = lead !== null && isBeginning(textOf(lead), reading) ? (dates[0] as Span).end : span.start;
  if (!/^[\s,;:|()–—→>-]*$/.test(span.rich.text.slice(from, first.start))) return null;
  let end = first.end;
  for (const mention of mentions.slice(1)) {
    if (!isJoint(span.rich.text.slice(end, mention.span.start), how.cues)) break;
    end = mention.span.end;
  }
  // "@ann: …", "@ann → …", "@ann to publish …", "@ann delivers: …"
  const joint = /^\s*(?:[:|–—,→-]|to\s|\([^()@]{1,40}\)\s*[:：]|(?:\p{L}{2,14}\s*){1,2}[:：])/u.exec(
    span.rich.text.slice(end, span.end),
  )?.[0];
  const found = within(span, first.start, end);
  if (joint === undefined)
    return subjectOf(span, found, how, from > span.start || dates.some(({ start }) => start === end + 1));
  const taken = within(span, first.start, /[:：]$/.test(joint) ? end + joint.length : end);
  return { people: readPeople(found, how), span: found, taken: [{ span: taken, where: 'start' }] };
}

/**
 * "@bo ships the scanner", "@bo Scanner in every hall": who a text begins with does what it says, as far as it can be
 * told; next to the day there (`2026-12-04 @bo Scanner`) both are fields.
 */
function subjectOf(span: Span, found: Span, how: PeopleReading, besideDay: boolean): SentencePeople | null {
  const [, first] = /^\s+([\p{L}\p{N}"“'])/u.exec(span.rich.text.slice(found.end, span.end)) ?? [];
  if (first === undefined) return null;
  const people = readPeople(within(span, found.start, span.end), how);
  const own = readPeople(found, how).names.filter((name) => people.names.includes(name));
  if (own.length === 0) return null;
  const isSentence = /\p{Ll}/u.test(first);
  return {
    people: { ...people, names: own, certain: besideDay && !isSentence && people.certain },
    span: found,
    taken: [{ span: found, where: isSentence ? 'middle' : 'start' }],
  };
}

/** "We collect the answers. @ann is the DRI and it is due on Dec 4." */
function saidToOwn(span: Span, how: PeopleReading): SentencePeople | null {
  const mentions = findMentions(span, how.groups);
  const own = mentions.find(
    (one) => how.cues.behind(span.rich.text.slice(one.span.end, span.end), ['is-owner']) !== null,
  );
  if (own === undefined) return null;
  const people = readPeople(own.span, how);
  return { people, span: own.span, taken: [{ span: own.span, where: 'middle' }] };
}

/**
 * "Publish (@ann) by Dec 4", "Publish · @ann · 3 of 4 pages": a piece of its own that holds nothing but people. Between
 * commas it is one only next to a day: else someone is spoken to.
 */
function mentionInPiece(
  span: Span,
  mentions: readonly { span: Span }[],
  how: PeopleReading,
  dates: readonly Span[],
): SentencePeople | null {
  const { text } = span.rich;
  for (const [index, { span: mention }] of mentions.entries()) {
    const before = opens.exec(text.slice(Math.max(span.start, mention.start - 8), mention.start))?.[0];
    if (before === undefined) continue;
    let { end } = mention;
    for (const { span: next } of mentions.slice(index + 1)) {
      if (!isJoint(text.slice(end, next.start), how.cues)) break;
      end = next.end;
    }
    const isBeside = dates.some((date) =>
      signs.test(
        date.end <= mention.start ? text.slice(date.end, mention.start) : text.slice(end, date.start),
      ),
    );
    if (!closes.test(text.slice(end, span.end)) || (before.includes(',') && !isBeside)) continue;
    const inner = within(span, mention.start, end);
    const rest = piecesOf(within(span, end, span.end));
    const isTail = rest.length < 3 && rest.every((piece) => wordsOf(textOf(piece)).length < 3);
    const taken: Taken[] = isTail ? [{ span: within(span, mention.start, span.end), where: 'end' }] : [];
    return { people: readPeople(inner, how), span: inner, taken };
  }
  return null;
}

/** What sets a piece off: a separator, an arrow, a bracket, an emoji. */
const opens = /(?:[([,;|·•–—→➡]|-{1,2}>?|\p{Extended_Pictographic}\uFE0F?|\s{2})\s*$/u;
const closes = /^\s*(?:[)\],;|·•–—→➡]|-{1,2}>?\s|\p{Extended_Pictographic}|\s{2}|$)/u;
const signs = /^[^\p{L}\p{N}@]*$/u;
