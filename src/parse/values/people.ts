import { blank, blankedOut, marks, type Span, segmentsIn, within } from '../../markdown/rich-text.ts';
import type { DriProblem } from '../../model/document.ts';

/** An `@name` that GitLab resolves. */
export interface Mention {
  name: string;
  /** `@all`, a group, or a path with a slash: not a person. */
  group: boolean;
  span: Span;
  /** What stands between the mention before (or the beginning) and this one, in lower case. */
  before: string;
}

/**
 * GitLab's pattern for user and group references: app/models/user.rb `reference_pattern`,
 * lib/gitlab/path_regex.rb. A name neither begins with a dash nor ends with a full stop.
 */
const pattern = /(?<![\p{L}\p{N}_])@([a-z0-9_][a-z0-9_.-]{0,254}(?:\/[a-z0-9_][a-z0-9_.-]{0,254}){0,19})/giu;

const hidden = marks.code | marks.struck | marks.link;

/** The mentions of a span: not in code, links or addresses, not struck, not escaped. */
export function findMentions(span: Span, groups: ReadonlySet<string>): Mention[] {
  if (!span.rich.text.includes('@')) return [];
  const text = withoutEscaped(span, blankedOut(span.rich, hidden).slice(span.start, span.end));
  const found: Mention[] = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const name = (match[1] as string).replace(/[.-]+$/, '');
    if (isAddress(text, match.index + 1 + name.length)) continue;
    const start = span.start + match.index;
    const lower = name.toLowerCase();
    found.push({
      name,
      group: lower === 'all' || name.includes('/') || groups.has(lower),
      span: within(span, start, start + 1 + name.length),
      before: text.slice(last, match.index).toLowerCase(),
    });
    last = match.index + match[0].length;
  }
  return found;
}

/** `\\@ann` is no mention; `@li\\_wei` is one of `li_wei`. */
function withoutEscaped(span: Span, text: string): string {
  let result = text;
  for (const { at, end, marks: own } of segmentsIn(span)) {
    if ((own & marks.escaped) === 0 || span.rich.text[at] !== '@') continue;
    const from = Math.max(at, span.start) - span.start;
    result = result.slice(0, from) + blank + result.slice(Math.min(end, span.end) - span.start);
  }
  return result;
}

/** `@ann@corp.example`: an address of another network. */
const isAddress = (text: string, at: number): boolean =>
  text[at] === '@' && /[a-z0-9]/i.test(text[at + 1] ?? '');

const superseded =
  /(?:\bwas|\bpreviously|\bformerly|\boriginally|\bbefore|\bold|\bex|\binstead of|\brather than|\bnot|\bfrom|\breplac(?:es|ing)|\bfor)[\s:-]*$/;
const replacing = /→|->|=>|\b(?:now|handed (?:over )?to|moved to|to|new|replaced by)\b[\s:]*$/;

export interface PeopleReading {
  groups: ReadonlySet<string>;
  isPlaceholder(span: Span): boolean;
  /** Whether a name (`@username`) is itself a word that stands for nothing. */
  isPlaceholderName(name: string): boolean;
}

export interface People {
  names: string[];
  problem: DriProblem | null;
}

/** Who is named in a DRI field. */
export function readPeople(value: Span, reading: PeopleReading): People {
  const live = blankedOut(value.rich, marks.struck).slice(value.start, value.end);
  if (!/[\p{L}\p{N}?…]|\.\.\./u.test(live)) return { names: [], problem: 'missing' };
  const mentions = findMentions(value, reading.groups);
  const real = mentions.filter((mention) => !reading.isPlaceholderName(mention.name));
  const people = current(real.filter((mention) => !mention.group));
  if (people.length > 0) return { names: [...new Set(people.map((mention) => mention.name))], problem: null };
  if (real.length > 0) return { names: [], problem: 'group' };
  if (mentions.length > 0 || reading.isPlaceholder(value)) return { names: [], problem: 'placeholder' };
  if (/^[\s([]*(?:n\/?a\.?|none)[\s)\]]*$/i.test(live)) return { names: [], problem: 'missing' };
  return { names: [], problem: 'not-a-mention' };
}

/** Without those who were replaced: `@ann (was @bo)`, `@bo → @ann`. */
function current(mentions: readonly Mention[]): Mention[] {
  const kept: Mention[] = [];
  for (const mention of mentions) {
    if (kept.length > 0 && superseded.test(mention.before)) continue;
    if (kept.length > 0 && replacing.test(mention.before) && !/,|\band\b/.test(mention.before))
      kept.length = 0;
    kept.push(mention);
  }
  if (kept.length > 1 && superseded.test(kept[0]?.before ?? '') && !/^\W*for\b/.test(kept[0]?.before ?? ''))
    kept.shift();
  return kept;
}
