import type { Block } from '../markdown/block.ts';
import { marks, type Span, segmentsIn, textOf, trimmed, within } from '../markdown/rich-text.ts';
import type { ItemNames } from './item-names.ts';
import type { Labels } from './labels.ts';
import type { Section } from './section.ts';

/** What a template says where people are to write, and the instructions around it. */
export interface TemplateTexts {
  texts: string[];
  /** `Issue Title`: how a line of instructions begins. */
  beginnings: string[];
}

/** Collects the texts of a template that are not names of sections, fields or items. */
export function templateTexts(sections: readonly Section[], labels: Labels, items: ItemNames): TemplateTexts {
  const result: TemplateTexts = { texts: [], beginnings: [] };
  for (const section of sections) {
    if (section.value !== null) addPiece(result, section.value);
    for (const block of section.blocks) addBlock(result, block, labels, items);
  }
  return result;
}

function addBlock(result: TemplateTexts, block: Block, labels: Labels, items: ItemNames): void {
  if (block.type === 'list') {
    for (const item of block.items) for (const inner of item.blocks) addBlock(result, inner, labels, items);
  } else if (block.type === 'table') {
    for (const row of block.rows.slice(1)) for (const cell of row.cells) addPiece(result, cell);
  } else if (block.type === 'text') {
    for (const line of block.lines) addLine(result, line, labels, items);
  }
}

function addLine(result: TemplateTexts, line: Span, labels: Labels, items: ItemNames): void {
  const { rest } = items.cut(line);
  const values = labels.find(rest);
  const before = values[0] === undefined ? rest : within(rest, rest.start, values[0].label.start);
  addPiece(result, before);
  for (const { value } of values) addPiece(result, value);
  const beginning = /^([\p{Lu}][\p{L} ]{4,40}):\s/u.exec(textOf(line))?.[1];
  if (values.length === 0 && beginning !== undefined && textOf(line).length > 60)
    result.beginnings.push(beginning);
}

/** A value: the whole, and what stands in code or brackets in it. */
function addPiece(result: TemplateTexts, span: Span): void {
  const piece = trimmed(span);
  const text = textOf(piece);
  if (!/[\p{L}\p{N}]/u.test(text)) return;
  const code: string[] = [];
  for (const segment of segmentsIn(piece)) {
    if ((segment.marks & marks.code) !== 0) code.push(piece.rich.text.slice(segment.at, segment.end));
  }
  const brackets = [...text.matchAll(/\(([^()]{8,300})\)/g)].map((match) => match[1] as string);
  result.texts.push(text, ...code, ...brackets.filter((one) => one.includes(' ')));
}
