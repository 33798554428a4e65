import {
  blank,
  blankedOut,
  marks,
  type Span,
  segmentAt,
  segmentsIn,
  within,
} from '../../markdown/rich-text.ts';
import type { DriProblem } from '../../model/document.ts';
import type { Cues } from '../cues.ts';
import { endsInArrow, isAsked, lastPart } from '../signs.ts';
import { tickedIn } from './choices.ts';

/** An `@name` that GitLab resolves. */
export interface Mention {
  name: string;
  /** `@all`, a group, or a path with a slash: not a person. */
  group: boolean;
  span: Span;
  /** What is between the mention before (or the beginning) and this one, in lower case. */
  before: string;
}

/**
 * GitLab's pattern for user and group references: app/models/user.rb `reference_pattern`,
 * lib/gitlab/path_regex.rb. A name neither begins with a dash nor ends with a full stop.
 */
const pattern = /(?<![\p{L}\p{N}_])@([a-z0-9_][a-z0-9_.-]{0,254}(?:\/[a-z0-9_][a-z0-9_.-]{0,254}){0,19})/giu;

/** `@all` of GitLab; the others come with texts from chats. */
const everyone: ReadonlySet<string> = new Set(['all', 'here', 'channel', 'everyone']);

const hidden = marks.code | marks.struck | marks.link;

/** The mentions of a span: not in code, links or addresses, not struck, not escaped. */
export function findMentions(span: Span, groups: ReadonlySet<string>): Mention[] {
  if (!span.rich.text.includes('@')) return [];
  const text = withoutEscaped(span, blankedOut(span.rich, hidden).slice(span.start, span.end));
  const found: Mention[] = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const name = withinMarkup(span, match.index, match[1] as string).replace(/[.-]+$/, '');
    if (name === '') continue;
    if (isAddress(text, match.index + 1 + name.length)) continue;
    // An id of Slack's: `<@U04AB12CD>`
    if (text[match.index - 1] === '<' && text[match.index + 1 + name.length] === '>') continue;
    const start = span.start + match.index;
    const lower = name.toLowerCase();
    found.push({
      name,
      group: everyone.has(lower) || name.includes('/') || groups.has(lower),
      span: within(span, start, start + 1 + name.length),
      before: text.slice(last, match.index).toLowerCase(),
    });
    last = match.index + match[0].length;
  }
  return found;
}

/** `\\@ann` is not a mention; `@li\\_wei` is one of `li_wei`. */
function withoutEscaped(span: Span, text: string): string {
  let result = text;
  for (const { at, end, marks: own } of segmentsIn(span)) {
    if ((own & marks.escaped) === 0 || span.rich.text[at] !== '@') continue;
    const from = Math.max(at, span.start) - span.start;
    result = result.slice(0, from) + blank + result.slice(Math.min(end, span.end) - span.start);
  }
  return result;
}

/** Of `@_jd_` nothing: GitLab looks for people in one piece of text, and emphasis ends it. */
function withinMarkup({ rich, start }: Span, at: number, name: string): string {
  const sign = segmentAt(rich, start + at);
  const looks = (own: number | undefined): number => (own ?? 0) & (marks.strong | marks.emphasis);
  let { length } = name;
  for (const segment of segmentsIn({ rich, start: start + at, end: start + at + 1 + name.length }))
    if (looks(segment.marks) !== looks(sign?.marks)) length = Math.min(length, segment.at - start - at - 1);
  return name.slice(0, length);
}

/** `@ann@corp.example`: an address of another network. */
const isAddress = (text: string, at: number): boolean =>
  text[at] === '@' && /[a-z0-9]/i.test(text[at + 1] ?? '');

const roleIds = ['not', 'from', 'was', 'other-people', 'owner', 'now'];
const against: ReadonlySet<string> = new Set(['not', 'from', 'was', 'other-people']);

export interface PeopleReading {
  cues: Cues;
  groups: ReadonlySet<string>;
  isPlaceholder(span: Span): boolean;
  /** Whether a name (`@username`) is itself a word that stands for nothing. */
  isPlaceholderName(name: string): boolean;
}

export interface People {
  names: string[];
  problem: DriProblem | null;
  /** False: the writer hesitates, "@ann?". */
  certain: boolean;
  /** People are named, but each for another reason: "thanks @bo". */
  others: boolean;
}

export const noOne = (problem: DriProblem, others = false): People => ({
  names: [],
  problem,
  certain: true,
  others,
});

/** Who is named in a DRI field. */
export function readPeople(value: Span, reading: PeopleReading): People {
  const live = blankedOut(value.rich, marks.struck).slice(value.start, value.end);
  if (!/[\p{L}\p{N}?…]|\.\.\./u.test(live)) return noOne('missing');
  const mentions = findMentions(value, reading.groups);
  if (isLeftOpen(value, mentions, reading)) return noOne('placeholder', true);
  const real = mentions.filter((mention) => !reading.isPlaceholderName(mention.name));
  const responsible = current(real, live, value.start, reading.cues);
  const people = responsible.filter((mention) => !mention.group);
  if (people.length > 0) {
    const names = [...new Set(people.map((mention) => mention.name))];
    return { names, problem: null, certain: !isDoubtful(live, reading.cues), others: false };
  }
  if (responsible.length > 0) return noOne('group');
  if (real.length === 0 && mentions.length > 0) return noOne('placeholder');
  if (reading.isPlaceholder(value)) return noOne('placeholder', real.length > 0);
  if (reading.cues.is(live, ['none'])) return noOne('missing');
  return noOne('not-a-mention', real.length > 0);
}

/** "still open, ask @ann": what is said first is that no one is, and no arrow or "now" takes it back. */
function isLeftOpen(value: Span, [first]: readonly Mention[], reading: PeopleReading): boolean {
  if (first === undefined) return false;
  const ahead = value.rich.text.slice(value.start, first.span.start);
  const clause = /^[^,;.(]+(?=[,;.(]\s*\p{L})/u.exec(ahead)?.[0];
  const back =
    clause !== undefined && (endsInArrow(ahead) || reading.cues.before(ahead, ['now', 'owner']) !== null);
  return (
    clause !== undefined &&
    !back &&
    reading.isPlaceholder(within(value, value.start, value.start + clause.length))
  );
}

const isDoubtful = (text: string, cues: Cues): boolean =>
  isAsked(text) || cues.within(text, ['doubt']) !== null;

/** Those who are responsible now: not the reviewer, not who was replaced, declined or is only thanked. */
function current(mentions: readonly Mention[], text: string, start: number, cues: Cues): Mention[] {
  const ticked = tickedIn(text);
  if (ticked !== null && ticked.length > 0)
    return mentions.filter(({ span }) => ticked.some((part) => isWithin(span.start - start, part)));
  let kept: Mention[] = [];
  let inherited: string | null = null;
  for (const [index, mention] of mentions.entries()) {
    const from = mentions[index - 1]?.span.end ?? start;
    const before = text.slice(from - start, mention.span.start - start).toLowerCase();
    const next = mentions[index + 1]?.span.start ?? start + text.length;
    const after = text.slice(mention.span.end - start, next - start).toLowerCase();
    const role = roleBefore(before, inherited, cues);
    inherited = role;
    if (role === 'now' || (kept.length > 0 && endsInArrow(before))) kept = [];
    const other = (role !== null && against.has(role)) || isGone(after, index === mentions.length - 1, cues);
    if (!other) kept.push(mention);
  }
  return kept;
}

const isWithin = (at: number, part: { start: number; end: number }): boolean =>
  at >= part.start && at < part.end;

const separators = [',', ';', '(', ')', '（', '）', '、', '[', ']', '!', '?', '\n', '|'];

/** What the words right before a mention say of it; in a list they hold for all: "reviewers: @bo, @cem". */
function roleBefore(before: string, inherited: string | null, cues: Cues): string | null {
  const clause = lastPart(before, separators);
  const cue = cues.before(clause, roleIds);
  if (cue !== null) return cue.id;
  return inherited !== null && /^[\s,/&+]*(?:\p{L}{1,3}\s+)?$/u.test(before) ? inherited : null;
}

/** "@bo declined", "@bo (reviewer)", "@ann's manager"; in "@ann (reviewer: @bo)" the word belongs to the next one. */
function isGone(after: string, last: boolean, cues: Cues): boolean {
  const cue = cues.behind(after.replaceAll('’', "'"), ['owner', 'gone']);
  return cue?.id === 'gone' && (last || /[,;)\]\n.→>]/.test(after.slice(cue.end)));
}
