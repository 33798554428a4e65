import type { Block } from '../../markdown/block.ts';
import type { KrMilestone } from '../../model/document.ts';
import { readMilestone } from '../fields/milestone.ts';
import type { Reading } from '../reading.ts';
import type { RawMilestone } from './shapes.ts';

/** A stretch of a section that may be a milestone, or a group with milestones in it. */
export interface Node {
  /** Which recogniser found it. */
  form: string;
  /** What it is if it is an item: one milestone, or several on one line; empty: it cannot be one. */
  items: RawMilestone[];
  /** What it holds if it is a group: its items; null: it cannot be one. */
  body: readonly Block[] | null;
  /** What the head of a group says of all its items; null: nothing. */
  head: RawMilestone | null;
  /** It begins with the name of an item: `Milestone 1`. */
  named: boolean;
  /** A heading with nothing but text below: none among headings that hold items. */
  bare?: boolean;
  /** For (or against) its being an item, beyond what its fields show. */
  bias: number;
}

/** A stretch that holds nothing else: an item or none. */
export const leaf = (form: string, items: RawMilestone[], named = false): Node => ({
  form,
  items,
  body: null,
  head: null,
  named,
  bias: 0,
});

/** An item with its fields. */
export interface Item {
  raw: RawMilestone;
  milestone: KrMilestone;
  /** How much speaks for it: see `evidence`. */
  evidence: number;
}

const weights = {
  name: 3,
  date: 2.5,
  people: 2,
  /** Who is read with doubt: a log names people too. */
  perhapsPeople: 0.5,
  /** A field is there, by its label or column, but holds nothing that can be read. */
  asked: 1.5,
  box: 1,
  description: 0.5,
  /** No words of its own: a group, or a field that went astray. */
  nothing: -2,
} as const;

/** Reads the fields of an item and weighs them: names, dates, people and boxes speak for a milestone. */
export function weighed(reading: Reading, raw: RawMilestone): Item {
  const milestone = readMilestone(reading, raw);
  const has = (id: string): boolean => milestone.written?.some((field) => field.id === id) === true;
  const { problem } = milestone.dueDate;
  const isDate = problem === null || problem === 'ambiguous' || problem === 'impossible';
  const isPeople = milestone.driProblem === null || milestone.driProblem === 'group';
  const asked = (id: string, missing: boolean): number => (!missing || has(id) ? weights.asked : 0);
  const evidence =
    (milestone.label === null ? 0 : weights.name) +
    (isDate ? weights.date : asked('due-date', problem === 'missing')) +
    (isPeople
      ? milestone.driCertain === false
        ? weights.perhapsPeople
        : weights.people
      : asked('dri', milestone.driProblem === 'missing')) +
    (raw.state === null ? 0 : weights.box) +
    (milestone.descriptionProblem === 'missing' ? weights.nothing : weights.description) -
    (raw.doubt ?? 0);
  return { raw, milestone, evidence };
}
