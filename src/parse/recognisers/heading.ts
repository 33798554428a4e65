import type { Block, Heading, List } from '../../markdown/block.ts';
import { type Span, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import { headOf, paragraphs, type Reading, spansOf } from '../reading.ts';
import { stateOfBox } from '../values/states.ts';
import type { Node } from './node.ts';
import { isField, isFieldItem, isNamed, isWhole, type RawMilestone } from './shapes.ts';
import { fieldCells } from './table.ts';

/** A heading, or a bold line: a milestone with its fields below, or the name of a group of them. */
export function headingNode(reading: Reading, heading: Heading, beneath: readonly Block[]): Node {
  const named = isNamed(reading, heading.text);
  const item = underHeading(reading, heading, beneath);
  const holdsItems = beneath.some((block) => isListOfItems(reading, block));
  const hasFields = item.cells.length > 0 || item.beneath.length > 0 || isWhole(reading, heading.text, true);
  return {
    form: 'heading',
    items: named || hasFields || !holdsItems ? [item] : [],
    body: holdsItems ? beneath : null,
    head: item,
    named: named && !beneath.some((block) => block.type === 'list' && hasNamed(reading, block)),
    bias: 0,
    bare: !named && !hasFields,
  };
}

function isListOfItems(reading: Reading, block: Block): boolean {
  if (block.type === 'heading') return true;
  if (block.type === 'table') return fieldCells(reading, block) === null;
  return block.type === 'list' && block.items.some((item) => !isFieldItem(reading, item));
}

const hasNamed = (reading: Reading, list: List): boolean =>
  list.items.some((item) => {
    const head = headOf(item);
    return head !== null && isNamed(reading, head);
  });

const boxOrNumber = /^\s*(?:\[([ xX~-])\]|\d{1,2}[.)](?=\s))\s*/;

function underHeading(reading: Reading, heading: Heading, beneath: readonly Block[]): RawMilestone {
  const box = boxOrNumber.exec(textOf(heading.text));
  const title =
    box === null
      ? heading.text
      : trimmed(within(heading.text, heading.text.start + box[0].length, heading.text.end));
  const fields: Span[] = [];
  const cells: { id: string; value: Span }[] = [];
  const own = [title];
  // What is below a heading within the milestone (Goal, Notes) describes it no more.
  let nested = false;
  for (const block of beneath) {
    if (block.type === 'heading') nested = true;
    else if (block.type === 'text') {
      const lines = block.lines.filter((line) => isField(reading, line));
      if (lines.length > 0) fields.push(...paragraphs(block.lines));
      else if (!nested) own.push(...paragraphs(block.lines));
    } else if (block.type === 'list') {
      for (const item of block.items) if (isFieldItem(reading, item)) fields.push(...spansOf(item.blocks));
    } else if (block.type === 'table') cells.push(...(fieldCells(reading, block) ?? []));
  }
  return {
    own,
    cells,
    beneath: fields,
    form: 'heading',
    state: box?.[1] === undefined ? null : stateOfBox(box[1].toLowerCase()),
    start: heading.start,
    end: beneath.at(-1)?.end ?? heading.end,
  };
}
