import { marks, type Span, segmentsIn, textOf, trimmed, within } from '../markdown/rich-text.ts';
import { memo } from '../text/memo.ts';
import { withoutEdges } from './edges.ts';
import { withoutEmoji, withoutEmojiNames } from './emoji.ts';
import type { Words } from './lexicon.ts';
import { anyOf, escaped } from './pattern.ts';
import { beginsWithSpace, hasDigit, straightQuoted } from './signs.ts';

/** Names that people give to sections or fields, and what they mean. */
export interface Names {
  /** The id a name stands for, or null. */
  idOf(name: string): string | null;
}

/** A name and what is behind it: `Objective: Stop leaks`. */
export interface NamedValue {
  id: string;
  name: Span;
  value: Span;
}

const numbering = /^(?:\(?\d{1,3}(?:\.\d{1,3})*[.):]?|[ivx]{1,4}[.)]|[a-z][.)])\s+/;
const before = new Set('#=*_~`"\'“”‘’«»()[]{}<>|:;.,!/\\–—-');
const behind = new Set([...before, '?']);
const none: ReadonlySet<string> = new Set();
const remark = /\s[([][^()[\]]{0,200}[)\]][\s:.]*$/;

const verbs: Readonly<Record<string, string>> = { ve: 'have', ll: 'will', re: 'are' };

/** A name without case, emoji, numbering, punctuation around it and double spaces. */
export function normalName(name: string): string {
  if (name.length > 300) return '';
  const text = straightQuoted(withoutEdges(withoutEmoji(name), before, none).toLowerCase());
  const spelled = text.includes("'")
    ? text.replace(/(?<=\p{L})'(ve|ll|re)(?!\p{L})/gu, (_, verb: string) => ` ${verbs[verb]}`)
    : text;
  return withoutEdges(spelled.replace(numbering, ''), before, behind).replace(/[\s_]+/g, ' ');
}

interface Wildcard {
  id: string;
  order: number;
  pattern: RegExp;
}

/**
 * A lookup of names; in an alias a star stands for one to six words.
 * @param small "so far" at the end of a name (`filler`), "and" between two names
 */
export function compileNames(aliases: Words, small: Words): Names {
  const filler = new RegExp(` ${anyOf(small['filler'] ?? [])}$`, 'u');
  const joint = new RegExp(`\\s*[&/,+]\\s*| ${anyOf(small['and'] ?? [])} `, 'u');
  const exact = new Map<string, string>();
  /** By the word at their beginning or end: `* milestones`, `milestones *`. */
  const wild = new Map<string, Wildcard[]>();
  let order = 0;
  for (const [id, names] of Object.entries(aliases)) {
    for (const name of names) {
      if (name.includes('*')) {
        const words = name.trim().toLowerCase().split(/\s+/);
        const key = (words[0] === '*' ? words.at(-1) : words[0]) ?? '*';
        wild.set(key, [...(wild.get(key) ?? []), { id, order, pattern: wildcard(name) }]);
        order += 1;
      } else if (!exact.has(normalAlias(name))) exact.set(normalAlias(name), id);
    }
  }
  const wildId = (name: string): string | null => {
    if (name.length >= 80 || !name.includes(' ')) return null;
    const ends = [name.slice(0, name.indexOf(' ')), name.slice(name.lastIndexOf(' ') + 1), '*'];
    const found = ends.flatMap((word) => wild.get(word) ?? []).filter(({ pattern }) => pattern.test(name));
    return found.toSorted((a, b) => a.order - b.order)[0]?.id ?? null;
  };
  const lookUp = (name: string): string | null => exact.get(name) ?? wildId(name);
  const idOf = (name: string): string | null => {
    const whole = normalName(name);
    if (whole === '') return null;
    const found =
      lookUp(whole) ??
      (remark.test(name) ? lookUp(normalName(name.replace(remark, ''))) : null) ??
      (filler.test(whole) ? lookUp(whole.replace(filler, '')) : null);
    if (found !== null) return found;
    const parts = whole.length < 80 ? whole.split(joint) : [];
    if (parts.length < 2 || parts.length > 4) return null;
    for (const part of parts) {
      const id = lookUp(part);
      if (id !== null) return id;
    }
    return null;
  };
  return { idOf: memo(idOf) };
}

/** `% complete` begins with a sign that is part of the name. */
const normalAlias = (name: string): string => normalName(name) || name.trim().toLowerCase();

function wildcard(alias: string): RegExp {
  const parts = alias
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .map((part) => (part === '*' ? '[^ ]+(?: [^ ]+){0,5}' : escaped(part)));
  return new RegExp(`^${parts.join(' ')}$`, 'u');
}

/** Two `=` are the heading of a wiki; a full stop sets off a name that is a sentence by itself: `Completed. We …`. */
const separator = /[:：\t]|(?<!=)=(?!=)|\.(?=\s+\p{Lu})|\s[-–—>→]+(?=\s)|[–—]/gu;

/**
 * Reads `Name: value`, `Name - value` or just `Name`.
 * @param loose also without a separator, where the value is a link or code
 */
export function readName(span: Span, names: Names, loose: boolean): NamedValue | null {
  const text = withoutEmojiNames(textOf(span));
  const end = trimmed(span).end;
  separator.lastIndex = 0;
  for (let tries = 0; tries < 4; tries += 1) {
    const found = separator.exec(text);
    if (found === null || found.index > 120) break;
    const id =
      isTimeOrUrl(text, found.index) || isOneOfTabs(text, found.index)
        ? null
        : names.idOf(text.slice(0, found.index));
    if (id !== null) {
      const from = span.start + found.index + found[0].length;
      return {
        id,
        name: trimmed(within(span, span.start, span.start + found.index)),
        value: trimmed(within(span, from, end)),
      };
    }
  }
  const whole = text.length < 200 ? names.idOf(text) : null;
  if (whole !== null) return { id: whole, name: span, value: within(span, end, end) };
  const bold = boldName(span, names);
  if (bold !== null) return bold;
  return loose ? nameBefore(span, names, marks.link | marks.code) : null;
}

/** `OKR https://…`: a name and the link behind it, with nothing between them. */
export const nameBeforeLink = (span: Span, names: Names): NamedValue | null =>
  nameBefore(span, names, marks.link);

function nameBefore(span: Span, names: Names, mask: number): NamedValue | null {
  const { end } = trimmed(span);
  for (const segment of segmentsIn(span)) {
    if ((segment.marks & mask) === 0 || segment.at <= span.start) continue;
    const id = names.idOf(textOf(within(span, span.start, segment.at)));
    if (id === null) return null;
    return { id, name: trimmed(within(span, span.start, segment.at)), value: within(span, segment.at, end) };
  }
  return null;
}

/** `Ally OKR: https://… Objective: text`: a second name on the line, right behind an address. */
export function nameBehindLink({ id, value }: NamedValue, names: Names): NamedValue | null {
  const address = /^<?https?:\/\/\S{1,2000}\s+/i.exec(textOf(value))?.[0];
  if (address === undefined) return null;
  const named = readName(within(value, value.start + address.length, value.end), names, false);
  if (named === null || named.id === id || named.id === 'other') return null;
  return /[:：]/.test(named.name.rich.text[named.name.end] ?? '') ? named : null;
}

/** `**Objective** Stop leaks`: bold sets the name off as well as a colon would. */
function boldName(span: Span, names: Names): NamedValue | null {
  let end = span.start;
  for (const segment of segmentsIn(span)) {
    if ((segment.marks & marks.strong) === 0) break;
    end = segment.end;
  }
  const value = trimmed(within(span, end, span.end));
  if (
    end === span.start ||
    !beginsWithSpace(span.rich.text.slice(end)) ||
    !/^[\p{Lu}\d]|^https?:/u.test(textOf(value))
  )
    return null;
  const id = names.idOf(textOf(within(span, span.start, end)));
  return id === null || id === 'other' ? null : { id, name: within(span, span.start, end), value };
}

/** Lines with more than one tab are rows of a table. */
const isOneOfTabs = (text: string, at: number): boolean =>
  text[at] === '\t' && text.indexOf('\t') !== text.lastIndexOf('\t');

const isTimeOrUrl = (text: string, at: number): boolean =>
  text[at] === ':' &&
  (text.startsWith('://', at) || (hasDigit(text[at - 1] ?? '') && hasDigit(text[at + 1] ?? '')));
