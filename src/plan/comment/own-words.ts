import type { KrMilestone, Place, WrittenField } from '../../model/document.ts';
import type { TemplateFacts } from '../../model/reader.ts';

/** What is to be in a field instead of what is there, or is not; only the fields that change. */
export type Replacements = Partial<Record<WrittenField['id'], string>>;

/** Replaces part of a source text; offsets. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The text a milestone is in. */
export interface KnownText {
  source: string;
  template: TemplateFacts;
  /** All of the text. */
  milestones: readonly KrMilestone[];
}

/** A milestone with some fields replaced. */
export interface InOwnWords {
  lines: string[];
  /** What a reader replaces by them. */
  before: string;
  /** The whole text with them in it. */
  pasted: () => string;
}

/**
 * The lines of a milestone with some fields replaced and all else as the writer has it: a row of the table, an item,
 * a heading with the bullets beneath. Null when a field has no place there, as in a table without a column for it.
 */
export function inOwnWords(
  milestone: KrMilestone,
  replacements: Replacements,
  { source, template, milestones }: KnownText,
): InOwnWords | null {
  const whole = linesAround(source, milestone.place);
  const block = sharesLine(milestone, milestones, whole)
    ? { start: milestone.place.start.offset, end: milestone.place.end.offset }
    : whole;
  if (isFragile(source.slice(whole.start, whole.end))) return null;
  const edits: Edit[] = [];
  for (const id of ['description', 'due-date', 'dri'] as const) {
    const text = replacements[id];
    if (text === undefined) continue;
    const place = placeOf(milestone, id);
    const edit =
      place === null
        ? addition(milestone, template.nameOf(id), text, { source, block })
        : replacement(place, text, source);
    if (edit === null || edit.start < block.start || edit.end > block.end) return null;
    edits.push(edit);
  }
  edits.sort((a, b) => a.start - b.start);
  let at = block.start;
  let result = '';
  for (const edit of edits) {
    if (edit.start < at) return null;
    result += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  result += source.slice(at, block.end);
  // Of several milestones on one line each gets a line of its own.
  const bullet = block !== whole && !/^[-*+]\s/.test(source.slice(block.start, block.start + 2)) ? '- ' : '';
  const lines = linesOf(bullet + result);
  const before = source.slice(block.start, block.end);
  const isWhole = lines.length <= WHOLE && block === whole;
  return {
    lines: lines.length <= WHOLE ? lines : changedLines(linesOf(before), lines),
    before,
    pasted: () =>
      source.slice(0, block.start) + (isWhole ? lines.join('\n') : result) + source.slice(block.end),
  };
}

/** Line ends and characters that no keyboard has: what is copied would not be what is there. */
const isFragile = (text: string): boolean => /\r(?!\n)|(?![\t\r\n])\p{Cc}|[\u2028\u2029]/u.test(text);

/** Whether another milestone is on its first or last line. */
const sharesLine = (
  milestone: KrMilestone,
  milestones: readonly KrMilestone[],
  { start, end }: { start: number; end: number },
): boolean =>
  milestones.some(
    (other) => other !== milestone && other.place.start.offset < end && other.place.end.offset > start,
  );

/** Of a milestone with more lines than this only those are shown that change. */
const WHOLE = 8;

function linesOf(text: string): string[] {
  return text.trimEnd().split(/\r\n|\r|\n/);
}

function changedLines(before: readonly string[], after: readonly string[]): string[] {
  let first = 0;
  while (first < after.length && before[first] === after[first]) first += 1;
  let last = 0;
  while (last < after.length - first && last < before.length && before.at(-1 - last) === after.at(-1 - last))
    last += 1;
  return after.slice(first, after.length - last);
}

/** Where the value is, or an empty place for it; null: nowhere yet. */
function placeOf(milestone: KrMilestone, id: WrittenField['id']): Place | null {
  const {
    form,
    written = [],
    dueDate,
    driPlace,
    driProblem,
    descriptionPlace,
    descriptionProblem,
  } = milestone;
  const known = {
    'due-date': dueDate.problem === 'missing' ? null : dueDate.place,
    dri: driProblem === 'missing' ? null : driPlace,
    description: descriptionProblem === 'missing' ? null : descriptionPlace,
  }[id];
  const own = written.find((field) => field.id === id)?.place;
  // Of a cell everything goes, but for a date that was struck out before the one that was read.
  const inCell = own !== undefined && form === 'row' && !(id === 'due-date' && dueDate.date !== null);
  return (inCell ? own : (known ?? own)) ?? null;
}

function replacement(place: Place, text: string, source: string): Edit {
  const { start, end } = withMarkup(place, source);
  const glued = /[\p{L}\p{N}]/u.test(source[start - 1] ?? ' ') ? ' ' : '';
  if (end > start) return { start, end, text: glued + text };
  const before = /[\s]/.test(source[start - 1] ?? ' ') ? '' : ' ';
  const after = /[\s]/.test(source[end] ?? ' ') ? '' : ' ';
  return { start, end, text: `${before}${text}${after}` };
}

const markers = ['**', '__', '~~', '`', '*', '_'];

/** With the mark-up around it, and without mark-up of which only one end is inside. */
function withMarkup(place: Place, source: string): { start: number; end: number } {
  let start = place.start.offset;
  let end = place.end.offset;
  for (const marker of markers) {
    const text = source.slice(start, end);
    if (text.split(marker).length % 2 === 1) continue;
    if (text.endsWith(marker)) end -= marker.length;
    else if (text.startsWith(marker)) start += marker.length;
  }
  while (start < end && /[`*_~]/.test(source[start - 1] ?? '') && source[start - 1] === source[end]) {
    start -= 1;
    end += 1;
  }
  return { start, end };
}

/** A field that is not there yet: on a line of its own where the others have one, else behind them. */
function addition(
  milestone: KrMilestone,
  name: string,
  value: string,
  { source, block }: { source: string; block: { start: number; end: number } },
): Edit | null {
  const { form, written = [], dueDate, driPlace, descriptionPlace } = milestone;
  if (form === 'row') return null;
  const labels = written.filter((field) => field.label !== null);
  const field = `${labelLike(labels.at(-1), name, source)} ${value}`;
  const own = labels.findLast((one) => standsAlone(one, milestone, source, block.start));
  if (own !== undefined) {
    const line = linesAround(source, own.place);
    const before = source.slice(lineStart(source, own.label?.start.offset ?? 0), own.label?.start.offset);
    return { start: line.end, end: line.end, text: `\n${before}${field}` };
  }
  if (form === 'heading') {
    const { end } = linesAround(source, { start: milestone.place.start, end: milestone.place.start });
    const underline =
      /^\r?\n {0,3}(?:=+|-+)[ \t]*(?=\r?\n|$)/.exec(source.slice(end, end + 200))?.[0].length ?? 0;
    const at = end + underline;
    const gap = /^\r?\n[ \t]*(?:\r?\n|$)|^$/.test(source.slice(at, at + 200)) ? '' : '\n';
    return { start: at, end: at, text: `\n\n- ${field}${gap}` };
  }
  const known = [dueDate.place, driPlace, descriptionPlace, ...labels.map(({ place }) => place)];
  const last = Math.max(milestone.place.start.offset, ...known.map((place) => place?.end.offset ?? 0));
  const end = lineEnd(source, last);
  const text = source.slice(lineStart(source, last), end);
  // Not behind a hard line break, which would become words.
  const at = end - (/(?:\\|\s+)$/.exec(text)?.[0].length ?? 0);
  return { start: at, end: at, text: ` ${field}` };
}

/** Whether a field has a line of its own, below the first one of the milestone. */
function standsAlone(
  { label }: WrittenField,
  { place }: KrMilestone,
  source: string,
  block: number,
): boolean {
  if (label === null || label.start.line === place.start.line || label.start.offset < block) return false;
  const before = source.slice(lineStart(source, label.start.offset), label.start.offset);
  return /^[\s>]*(?:[-*+]\s+|\d{1,3}[.)]\s+)?$/.test(before);
}

/** The label of a field as the writer sets down another: `**Due Date:**` beside `**DRI:**`. */
function labelLike(other: WrittenField | undefined, name: string, source: string): string {
  const written = other?.label ? source.slice(other.label.start.offset, other.label.end.offset).trim() : '';
  const [before = '', after = ''] = other === undefined ? [] : split(written, other.name);
  const balanced = markers.every((marker) => written.split(marker).length % 2 === 1);
  return balanced && /^[*_]*$/.test(before) && /^[*_]*[:：][*_]*$/.test(after)
    ? `${before}${name}${after}`
    : `${name}:`;
}

function split(text: string, name: string): [string, string] {
  const at = name === '' ? -1 : text.indexOf(name);
  return at === -1 ? ['', ''] : [text.slice(0, at), text.slice(at + name.length)];
}

/** From the beginning of the first line to the end of the last. */
export function linesAround(source: string, { start, end }: Place): { start: number; end: number } {
  return { start: lineStart(source, start.offset), end: lineEnd(source, end.offset) };
}

function lineStart(source: string, offset: number): number {
  return offset === 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(source: string, offset: number): number {
  const end = source.indexOf('\n', offset);
  if (end === -1) return source.length;
  return source[end - 1] === '\r' ? Math.max(offset, end - 1) : end;
}
