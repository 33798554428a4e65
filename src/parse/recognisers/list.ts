import type { Item, List } from '../../markdown/block.ts';
import { type Span, sourceOf, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import { headOf, paragraphs, type Reading, spansOf } from '../reading.ts';
import { stateOfBox } from '../values/states.ts';
import type { Node } from './node.ts';
import {
  hasOwnFields,
  isField,
  isFieldItem,
  isLabelOnly,
  isMilestoneText,
  isNamed,
  plainItem,
  type RawMilestone,
  withoutBox,
} from './shapes.ts';
import { fieldCells } from './table.ts';

/** The items of a list, each a milestone, or a group whose sub-items are the milestones. */
export function listNodes(reading: Reading, list: List): Node[] {
  const nodes: Node[] = [];
  for (const item of list.items) {
    const last = nodes.at(-1)?.items.at(-1);
    if (last !== undefined && completes(reading, item, last)) {
      last.beneath.push(...spansOf(item.blocks));
      last.end = item.end;
    } else nodes.push(itemNode(reading, item));
  }
  return nodes;
}

/** A bullet that is one field which the item before it lacks: `- [ ] Milestone 1: …`, `- Due Date: …`. */
function completes(reading: Reading, item: Item, last: RawMilestone): boolean {
  const head = headOf(item);
  if (head === null || item.box !== null || !isField(reading, head)) return false;
  const { labels } = reading.kind;
  const fields = labels.find(head);
  const [field] = fields;
  if (field === undefined || fields.length > 1 || field.id === 'description') return false;
  return ![...last.own, ...last.beneath].some((span) => labels.find(span).some(({ id }) => id === field.id));
}

function itemNode(reading: Reading, item: Item): Node {
  const head = headOf(item);
  const lists = item.blocks.filter((block) => block.type === 'list');
  const subs = lists.flatMap((list) => list.items);
  const named = head !== null && isNamed(reading, head);
  const isItem = head !== null && isMilestoneText(reading, head);
  const holdsFields = subs.some((sub) => isFieldItem(reading, sub) || isLabelOnly(reading, sub));
  const items = isItem ? itemsOf(reading, item, subs, named) : [];
  return {
    form: 'list',
    items,
    // Sub-items are details unless they bear out that they are the milestones.
    body: subs.length === 0 || holdsFields ? null : lists,
    head: items[0] ?? null,
    named,
    bias: 1,
  };
}

function itemsOf(reading: Reading, item: Item, subs: readonly Item[], named: boolean): RawMilestone[] {
  const head = headOf(item) as Span;
  const state = item.box === null ? null : stateOfBox(item.box);
  const several = named && item.blocks.length === 1 ? runTogether(reading, head) : [];
  if (several.length > 1) {
    const all = several.map((part) => onOneLine(part));
    return [{ ...(all[0] as RawMilestone), start: item.start, state }, ...all.slice(1)];
  }
  const texts = item.blocks.filter((block) => block.type === 'text');
  return [
    {
      own: texts.flatMap((block) => [...paragraphs(block.lines)]),
      cells: item.blocks.flatMap((block) =>
        block.type === 'table' ? (fieldCells(reading, block) ?? []) : [],
      ),
      beneath: subs.flatMap((sub) => [...fieldsBeneath(reading, sub)]),
      state,
      start: item.start,
      end: item.end,
    },
  ];
}

/** A field, or fields under a bullet that says no more than "Details". */
function* fieldsBeneath(reading: Reading, sub: Item): Generator<Span> {
  if (isFieldItem(reading, sub)) yield* spansOf(sub.blocks);
  else if (isLabelOnly(reading, sub)) yield* spansOf(sub.blocks.slice(1));
}

/**
 * `Milestone 1: … @ann Milestone 2: … @bo`: several milestones on one line, its line breaks were lost. Only where a
 * date or people are before the next name; else the text is about another milestone.
 */
export function runTogether(reading: Reading, span: Span): Span[] {
  const cuts = reading.kind.items.further(textOf(span)).map((index) => span.start + index);
  const parts: Span[] = [];
  let from = span.start;
  for (const cut of cuts) {
    const part = trimmed(within(span, from, cut));
    if (!hasOwnFields(reading, part)) continue;
    parts.push(part);
    from = cut;
  }
  parts.push(trimmed(within(span, from, span.end)));
  return parts;
}

/** A milestone on one line, its bullet or box perhaps typed. */
export function onOneLine(span: Span): RawMilestone {
  const { rest, state } = withoutBox(span);
  return { ...plainItem([rest], state), ...sourceOf(span) };
}
