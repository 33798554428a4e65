import type { Block } from '../../markdown/block.ts';
import type { KrMilestone } from '../../model/document.ts';
import type { Reading } from '../reading.ts';
import { type Item, type Node, weighed } from './node.ts';

/** Some milestones of one shape, with what speaks for them. */
export interface Part {
  form: string;
  items: Item[];
  /** Mean evidence of the items. */
  evidence: number;
  /** How far ahead of the next reading this one is. */
  lead: number;
  /** What introduces it: nothing, a line of its own (`Log:`), or a rule that sets it off. */
  intro: 'none' | 'line' | 'rule';
}

/** The parts in the blocks of a group. */
export type ReadGroup = (blocks: readonly Block[]) => Part[];

export const mean = (items: readonly Item[]): number =>
  items.length === 0 ? 0 : items.reduce((sum, item) => sum + item.evidence, 0) / items.length;

export const partOf = (form: string, items: Item[], lead = Number.POSITIVE_INFINITY): Part => ({
  form,
  items,
  evidence: mean(items),
  lead,
  intro: 'none',
});

interface Weighed {
  node: Node;
  own: Item[];
  /** What it holds, read as a group; null: it cannot be one. */
  group: Part[] | null;
  /** Evidence for an item less evidence for a group. */
  ahead: number;
}

/** Beyond this an item differs from its siblings. */
const uniform = 1.5;

/**
 * Nodes side by side are either items or groups: what fits most of them best is what they are. Only where it is clear
 * does one differ from its siblings.
 */
export function weighNodes(reading: Reading, nodes: readonly Node[], readGroup: ReadGroup): Part[] {
  const all = nodes.map((node) => weighNode(reading, node, readGroup));
  const sum = all.reduce((total, { ahead }) => total + (Number.isFinite(ahead) ? ahead : 0), 0);
  const favour = all.some(({ ahead }) => Number.isFinite(ahead)) ? Math.sign(sum || 1) * uniform : 0;
  const isGrouped = all.some(({ group, ahead }) => group !== null && ahead + favour < 0);
  const parts: Part[] = [];
  const open: Item[] = [];
  let lead = Number.POSITIVE_INFINITY;
  let head: KrMilestone | null = null;
  for (const { node, own, group, ahead } of all) {
    if (isGrouped && node.bare === true && group === null) continue;
    if (group === null || ahead + favour >= 0) {
      if (node.items.length === 0 && node.head !== null && group === null) {
        // A row that is the head of those below it.
        head = weighed(reading, node.head).milestone;
        continue;
      }
      open.push(...(head === null ? own : own.map((item) => inheriting(item, head as KrMilestone))));
      lead = Math.min(lead, Math.abs(ahead));
    } else {
      const from = node.head === null ? null : weighed(reading, node.head).milestone;
      for (const part of group) {
        const items = from === null ? part.items : part.items.map((item) => inheriting(item, from));
        parts.push({ ...part, items, lead: Math.min(part.lead, Math.abs(ahead)) });
      }
    }
  }
  if (open.length === 0) return parts;
  const own = partOf(nodes[0]?.form ?? '', open, lead);
  return [...parts, own.form === 'list' ? besideGroups(own, parts) : own];
}

/** `- #588` in a list of groups is an item as theirs are, though it says less. */
function besideGroups(own: Part, groups: readonly Part[]): Part {
  return groups.reduce(
    (part, { evidence }) => (evidence > part.evidence ? { ...part, evidence } : part),
    own,
  );
}

function weighNode(reading: Reading, node: Node, readGroup: ReadGroup): Weighed {
  const own = node.items.map((raw) => weighed(reading, raw));
  const inner = node.body === null ? [] : readGroup(node.body);
  if (inner.length === 0) return { node, own, group: null, ahead: Number.POSITIVE_INFINITY };
  if (own.length === 0) return { node, own, group: inner, ahead: Number.NEGATIVE_INFINITY };
  const best = Math.max(...inner.map(({ evidence }) => evidence));
  // A name says that the writer numbers these, not what is in them.
  const name = node.named ? 6 : 0;
  // What is below a day, and names none, is to be done until then.
  const steps = own.every(isDated) && !inner.some(({ items }) => items.some(isDated)) ? 2 : 0;
  return { node, own, group: inner, ahead: mean(own) + node.bias + name + steps - best };
}

const isDated = ({ milestone }: Item): boolean => milestone.dueDate.problem === null;

/** What the head of a group says counts for its items where they say nothing themselves. */
export function inheriting(item: Item, head: KrMilestone): Item {
  const { milestone } = item;
  const people = milestone.driProblem === 'missing' && head.driProblem === null;
  // A day is said of all items only by a head that says no more than that: else it is when the whole is done.
  const day =
    milestone.dueDate.problem === 'missing' &&
    head.dueDate.problem === null &&
    head.descriptionProblem === 'missing';
  if (!people && !day) return item;
  return {
    ...item,
    milestone: {
      ...milestone,
      ...(people
        ? {
            dris: head.dris,
            driText: head.driText,
            driProblem: null,
            driPlace: head.driPlace ?? null,
            driCertain: false,
          }
        : {}),
      ...(day ? { dueDate: { ...head.dueDate, certain: false } } : {}),
    },
  };
}
