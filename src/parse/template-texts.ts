import type { Block } from '../markdown/block.ts';
import { marks, type Span, segmentsIn, textOf, trimmed, within } from '../markdown/rich-text.ts';
import type { ItemNames } from './item-names.ts';
import type { Labels } from './labels.ts';
import { otherSection, type Section } from './section.ts';
import { hasWord } from './signs.ts';

/** What a template says where people are to write, and the instructions around it. */
export interface TemplateTexts {
  texts: string[];
  /** `Issue Title`: how a line of instructions begins. */
  beginnings: string[];
}

/** What of a piece of the template is to be replaced. */
type Replaced = 'all' | 'marked';

interface Walk {
  result: TemplateTexts;
  labels: Labels;
  items: ItemNames;
  /** In the section that is walked boxes are what is to be filled in; in others they are a checklist. */
  holdsItems: boolean;
}

const sectionsOfItems: ReadonlySet<string | null> = new Set(['milestones', 'dependencies', 'status']);

/**
 * Collects the texts of a template that are to be replaced or removed. In a section that is read, that is all there is;
 * elsewhere what is set off as such: code, brackets, questions. The rest is meant to stay: checklists, links, tables
 * of roles, a footer below the list of items.
 */
export function templateTexts(sections: readonly Section[], labels: Labels, items: ItemNames): TemplateTexts {
  const walk: Walk = { result: { texts: [], beginnings: [] }, labels, items, holdsItems: false };
  for (const section of sections) {
    const isRead = section.id !== null && section.id !== otherSection;
    walk.holdsItems = sectionsOfItems.has(section.id);
    if (section.value !== null) addPiece(walk, section.value, isRead ? 'all' : 'marked');
    const list = section.id === 'milestones' ? section.blocks.findIndex(({ type }) => type === 'list') : -1;
    for (const [index, block] of section.blocks.entries()) {
      const isFooter = list !== -1 && index > list && block.type !== 'list';
      addBlock(walk, block, isRead && !isFooter ? 'all' : 'marked');
    }
  }
  return walk.result;
}

function addBlock(walk: Walk, block: Block, replaced: Replaced): void {
  if (block.type === 'list') {
    for (const item of block.items)
      for (const inner of item.blocks)
        addBlock(walk, inner, item.box !== null && !walk.holdsItems ? 'marked' : replaced);
  } else if (block.type === 'table') {
    for (const row of block.rows.slice(1)) for (const cell of row.cells) addPiece(walk, cell, replaced);
  } else if (block.type === 'text') {
    for (const line of block.lines) addLine(walk, line, hasLink(line) ? 'marked' : replaced);
  }
}

function addLine(walk: Walk, line: Span, replaced: Replaced): void {
  const { labels, items, result } = walk;
  const { rest } = items.cut(line);
  const values = labels.find(rest);
  const before = values[0] === undefined ? rest : within(rest, rest.start, values[0].label.start);
  addPiece(walk, before, replaced);
  for (const { value } of values) addPiece(walk, value, values.length > 0 ? 'all' : replaced);
  const beginning = /^([\p{Lu}][\p{L} ]{4,40}):\s/u.exec(textOf(line))?.[1];
  const isNote = replaced === 'all' || isCode(line);
  if (isNote && values.length === 0 && beginning !== undefined && textOf(line).length > 60)
    result.beginnings.push(beginning);
}

/** A value: the whole, and what is in code or brackets in it. */
function addPiece({ result }: Walk, span: Span, replaced: Replaced): void {
  const piece = trimmed(span);
  const text = textOf(piece);
  if (!hasWord(text)) return;
  const code: string[] = [];
  for (const segment of segmentsIn(piece)) {
    if ((segment.marks & marks.code) !== 0) code.push(piece.rich.text.slice(segment.at, segment.end));
  }
  const brackets = [...text.matchAll(/\(([^()]{8,300})\)/g)].map((match) => match[1] as string);
  const isWhole = replaced === 'all' || isCode(piece) || /^[([{<].*[)\]}>][.:]?$|[?？]\s*$/su.test(text);
  if (isWhole) result.texts.push(text);
  result.texts.push(...code);
  if (isWhole) result.texts.push(...brackets.filter((one) => one.includes(' ')));
}

const isCode = (span: Span): boolean => {
  const [first] = segmentsIn(trimmed(span));
  return first !== undefined && (first.marks & marks.code) !== 0;
};

/** A line that leads somewhere is there for readers. In code it is an instruction that happens to hold an address. */
function hasLink(line: Span): boolean {
  if (isCode(line)) return false;
  for (const segment of segmentsIn(line))
    if ((segment.marks & (marks.link | marks.literal)) !== 0) return true;
  return false;
}
