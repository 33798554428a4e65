import type { Heading } from '../markdown/block.ts';
import { isAll, marks, type Span, sourceOf, textOf, trimmed, within } from '../markdown/rich-text.ts';
import { type NamedValue, nameBeforeLink, readName } from './names.ts';
import { levels, type Outliner, otherSection } from './section.ts';
import { endsAsSentence, endsInColon } from './signs.ts';

const unspaced = /^(#{1,6})(?![#\s\d])/;
/** `h2. Milestones`: a heading in Jira's wiki. */
const wiki = /^h([1-6])\.\s+(?=\S)/;

/** What is around a line of a paragraph. */
interface Surroundings {
  /** A list or table follows. */
  beforeList: boolean;
  /** No other line is in its paragraph, or the fields of an item are right below. */
  alone: boolean;
  /** A paragraph of its own with text below it. */
  ownParagraph: boolean;
}

/** A line that is meant as a heading: `##Milestones`, `**Milestones**`, `Milestones:`, `Objective: text`. */
export function disguised(
  outliner: Outliner,
  line: Span,
  { beforeList, alone, ownParagraph }: Surroundings,
): Heading | NamedValue | null {
  const text = textOf(line);
  const hashes = unspaced.exec(text)?.[1];
  if (hashes !== undefined) {
    const rest = within(line, line.start + hashes.length, line.end);
    if (hashes.length > 1 || readName(rest, outliner.names, true) !== null) {
      return asHeading(rest, hashes.length, line);
    }
  }
  const jira = wiki.exec(text);
  if (jira !== null)
    return asHeading(within(line, line.start + jira[0].length, line.end), Number(jira[1]), line);
  const bold = isAll(line, marks.strong) || isBoldWithRemark(line);
  if (outliner.isItemName?.(text) === true)
    return bold || (beforeList && alone) ? asHeading(line, levels.bold, line) : null;
  const named = readName(line, outliner.names, false) ?? nameBeforeLink(line, outliner.names);
  const standsOut = bold || beforeList || ownParagraph || isAll(line, marks.emphasis);
  if (named !== null && isMeant(outliner, named, standsOut)) return named;
  if (bold && alone && text.length <= 60 && !endsAsSentence(text)) return asHeading(line, levels.bold, line);
  return null;
}

/** `**Milestones** (rough)` */
export function isBoldWithRemark(line: Span): boolean {
  const open = textOf(line).search(/\s[([]/);
  return (
    open > 0 &&
    textOf(line).length < 80 &&
    /[)\]]\W*$/.test(textOf(line)) &&
    isAll(within(line, line.start, line.start + open), marks.strong)
  );
}

function asHeading(text: Span, level: number, line: Span): Heading {
  const { start, end } = sourceOf(line);
  return { type: 'heading', level, setext: false, text: trimmed(text), start, end };
}

/** A name with a value or a colon, or one that is out; and not a sub-title inside the section of that name. */
function isMeant(outliner: Outliner, named: NamedValue, standsOut: boolean): boolean {
  const { current } = outliner;
  if (named.id === current.id && current.level < levels.bold && named.id !== outliner.itemSection)
    return false;
  // `Milestone<tab>Due date` is the first row of the items.
  if (named.id === outliner.itemSection && named.name.rich.text[named.name.end] === '\t') return false;
  const separated = named.name.end < named.value.end || named.name.rich.text[named.name.end] === ':';
  const colonInside = endsInColon(textOf(named.name));
  const within = named.id === otherSection && current.level < levels.bold;
  // `Note: the dates may move` speaks of what it is in.
  const isNote = named.value.start < named.value.end && outliner.isNote?.(textOf(named.name)) === true;
  if (within && (!standsOut || isNote)) return false;
  return standsOut || separated || colonInside;
}

/** A paragraph with a rule right below it, which Markdown takes for a heading. */
export function isProse(outliner: Outliner, heading: Heading): boolean {
  if (!heading.setext) return false;
  const text = textOf(heading.text);
  if (text.includes('\n')) return true;
  if (readName(heading.text, outliner.names, true) !== null) return false;
  return text.length > 60 || /[.!?:,;]$/.test(text) || /^\S{1,30}\s*[:=]/.test(text);
}
