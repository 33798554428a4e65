import { blankedOut, isAll, marks, type Span, segmentAt, within } from '../markdown/rich-text.ts';

import type { Cues } from './cues.ts';
import { compileFinder, type Hit } from './finder.ts';
import type { Words } from './lexicon.ts';
import { beginsWithSpace, beginsWithWord } from './signs.ts';

/** A label and its value: `Due Date: 2026-12-04`. */
export interface LabelledValue {
  id: string;
  label: Span;
  value: Span;
  /** How early the label is among the names of its field: the first is the team's own. */
  rank: number;
}

/** What a value of a field looks like, so that `Due Dec 4` is told from `due to`. */
export type Looks = (id: string, text: string) => boolean;

export interface Labels {
  /** The labels in a span, in order; each value reaches up to the next label. */
  find(span: Span): LabelledValue[];
  /** The id of a text that is nothing but a label. */
  ids: ReadonlySet<string>;
}

interface Found {
  id: string;
  rank: number;
  start: number;
  /** Where the label ends and its value begins. */
  labelEnd: number;
  valueStart: number;
}

/** How a label is set off from its value. */
type Joint = 'colon' | 'dash' | 'none';

/** A name of a field; one of columns only (`Wer`) is a label at the beginning of a line, with a colon, at most. */
interface Name {
  id: string;
  rank: number;
  ofColumn: boolean;
}

/** Compiles the labels of a kind. `Task` and `What` are labels only where nothing else than a label can stand. */
export function compileLabels(fields: Words, columns: Words, looks: Looks, cues: Cues): Labels {
  const ids = new Map<string, Name>();
  for (const words of [fields, columns]) {
    for (const [id, names] of Object.entries(words)) {
      for (const [rank, name] of names.entries()) {
        const key = labelKey(name);
        if (!ids.has(key)) ids.set(key, { id, rank, ofColumn: words === columns });
      }
    }
  }
  const names = [...ids].map(([text, value]) => ({ text, value }));
  const isSign = ({ text }: { text: string }): boolean => !beginsWithWord(text);
  const find = compileFinder(
    names.filter((name) => !isSign(name)),
    { notBehind: '_@/.-', endsAtHyphen: true },
  );
  const signs = names.filter(isSign);
  const labelsIn = (text: string): Hit<Name>[] => {
    const plain = labelKey(text);
    if (plain.length !== text.length) return [];
    const hits = find(plain, text);
    for (const { text: sign, value } of signs) {
      for (let at = plain.indexOf(sign); at !== -1; at = plain.indexOf(sign, at + sign.length)) {
        if (!joined.test(text[at - 1] ?? ' ')) hits.push({ value, at, end: at + sign.length });
      }
    }
    return hits.sort((a, b) => a.at - b.at || b.end - a.end);
  };
  return {
    ids: new Set(Object.keys(fields)),
    find(span) {
      const text = labelText(span);
      const found: Found[] = [];
      let free = 0;
      for (const { value: name, at, end } of labelsIn(text)) {
        if (at < free) continue;
        const one = accept(span, text, name, at, text.slice(at, end), {
          looks,
          cues,
          previous: found.at(-1)?.id ?? null,
        });
        if (one === null) continue;
        // "Previous DRI: @bo": the label of a value that counted once.
        if (isPast(text.slice(Math.max(0, at - 30), at), cues)) continue;
        free = one.valueStart;
        found.push(one);
      }
      return found.map((one, index) => ({
        id: one.id,
        rank: one.rank,
        label: within(span, span.start + one.start, span.start + one.labelEnd),
        value: within(
          span,
          span.start + one.valueStart,
          span.start + (found[index + 1]?.start ?? text.length),
        ),
      }));
    },
  };
}

function isPast(before: string, cues: Cues): boolean {
  const cue = cues.before(before, ['was', 'second'], true);
  return cue !== null && before.slice(cue.end).trim() === '' && !/[.;,\n]/.test(before.slice(cue.at));
}

/** What a sign that stands for a label must not be right behind. */
const joined = /[\p{L}\p{N}_@/.-]/u;

const labelKey = (label: string): string => label.toLowerCase().replace(/[\s_-]/g, ' ');

/** The text of a span as labels are looked for in it: no code, no addresses, nothing quoted or struck. */
function labelText(span: Span): string {
  const text = blankedOut(span.rich, marks.code | marks.literal | marks.struck).slice(span.start, span.end);
  return text.includes('"') || text.includes('“')
    ? text.replace(/"[^"\n]{1,200}"|“[^”\n]{1,200}”/g, (quoted) => '￼'.repeat(quoted.length))
    : text;
}

/** `… due Dec 11 owner Mei`: the date is right before the label. */
function endsInDate(before: string, looks: Looks): boolean {
  const words = before.trim().split(/\s+/);
  return [1, 2].some((count) => looks('due-date', ` ${words.slice(-count).join(' ')}`));
}

const joints = /^(?:[:：=]{1,2}|[-–—]{1,3}>?(?=\s|@|\d|$)|→)/u;

/** What is between a label and its value: ` is now:`, ` - `, or in a sentence ` is `. */
function jointBehind(after: string, cues: Cues): { joint: Joint; length: number } {
  // `DRI(s):`, `Due date (final):`
  let from = /^(?:\(s\)|\s\([^()\n@\d]{1,20}\)(?=\s?[:：=]))?\s{0,3}/.exec(after)?.[0].length ?? 0;
  for (
    let cue = cues.behind(after.slice(from), ['filler']);
    cue?.at === 0;
    cue = cues.behind(after.slice(from), ['filler'])
  )
    from += cue.end + (beginsWithSpace(after.slice(from + cue.end)) ? 1 : 0);
  const sign = joints.exec(after.slice(from))?.[0];
  if (sign !== undefined)
    return { joint: /[:：=]/.test(sign) ? 'colon' : 'dash', length: from + sign.length };
  const is = beginsWithSpace(after) ? cues.behind(after, ['is']) : null;
  const isSaid = is !== null && /^\s+[~*]{0,2}(?:[\d@]|\p{Lu})/u.test(after.slice(is.end));
  return { joint: 'none', length: isSaid ? is.end : 0 };
}

function accept(
  span: Span,
  text: string,
  name: Name,
  start: number,
  label: string,
  { looks, cues, previous }: { looks: Looks; cues: Cues; previous: string | null },
): Found | null {
  const end = start + label.length;
  const after = text.slice(end, end + 30);
  // The words of a link are no labels, wherever it leads.
  const link = segmentAt(span.rich, span.start + start);
  if (link !== undefined && (link.marks & marks.link) !== 0 && link.at < span.start + start) return null;
  const { joint, length } = jointBehind(after, cues);
  const valueStart = end + length;
  const before = text.slice(Math.max(0, start - 12), start);
  // "Due Date: Nov 13 (new date: Nov 27)" is one value.
  const now = previous === name.id ? cues.before(before, ['now'], true) : null;
  if (now !== null && before.slice(now.end).trim() === '') return null;
  const first = /(?:^|\n)[\s([{*•-]*$/.test(before) && (start < 12 || /\n/.test(before));
  const capital = /^[^\p{Ll}]/u.test(label);
  const asLabel = { id: name.id, rank: name.rank, start, labelEnd: end, valueStart };
  if (joint === 'colon' && capital && !name.ofColumn) return asLabel;
  const value = text.slice(valueStart, valueStart + 60);
  const bold = isAll(within(span, span.start + start, span.start + end), marks.strong | marks.emphasis);
  const separated = first || /[,;|([{.!?–—•/+-]\s*$/.test(before);
  // `Due - Dec 4 - DRI - Ann Lee`: a dash before and behind.
  const inDashes = capital && /\s[-–—]\s+$/.test(before);
  const typed = looks(name.id, value);
  if (name.ofColumn) {
    // "Was: Dec 4" beneath a due date is no German "what".
    const isText = name.id === 'description' && !looks('due-date', value) && !looks('dri', value);
    if (!first || joint !== 'colon' || (!typed && !isText)) return null;
  }
  // `… due date January 20 dri Yuki`, `… at the gateway. ETA after the audit`: no colon, and yet nothing else can be meant.
  const bare =
    length === 0 &&
    ((name.id === 'dri' &&
      (previous === 'due-date' || endsInDate(before, looks)) &&
      /^\s+\p{L}[\p{L}.'’-]{1,20}(?:\s\p{L}[\p{L}.'’-]{1,20}){0,3}[\s.]*$/u.test(after)) ||
      (name.id === 'due-date' && /^\p{Lu}{3}$/u.test(label) && /[.;|]\s*$/.test(before)) ||
      (name.id === 'status' && typed && endsInDate(text.slice(Math.max(0, start - 40), start), looks)));
  const lineOfItsOwn = first && /^[^\S\n]*\n/.test(after) && (bold || typed);
  const meant =
    lineOfItsOwn ||
    bare ||
    (joint === 'colon'
      ? capital || bold || separated || typed || previous !== null
      : joint === 'dash'
        ? typed || first || (bold && separated) || (name.id === 'dri' && previous === 'due-date' && inDashes)
        : typed &&
          (capital ||
            bold ||
            separated ||
            (previous !== name.id && (label.includes(' ') || !/^\s*\p{L}/u.test(value)))));
  return meant ? asLabel : null;
}
