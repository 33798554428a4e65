import { z } from 'zod';
import type { ItemState, KrDocument, KrMilestone, WrittenField } from '../../model/document.ts';
import type { FindingSubject } from '../../model/finding.ts';
import type { Listing } from '../../model/listing.ts';
import { plain, quote, typed } from './words.ts';

/** The option of every rule on milestones: which of them it evaluates. */
export const statesOption = z
  .array(z.enum(['open', 'done', 'inapplicable']))
  .default(['open', 'done'])
  .describe(
    'Which milestones to evaluate, by their state. Those marked `[~]` are left alone unless named here.',
  );

export interface EvaluatedMilestone {
  milestone: KrMilestone;
  /** Among all of the text. */
  index: number;
}

/** What a report needs to know besides: most milestones have none. */
export interface NamedMilestone {
  /** `Milestone 2`: what the writer calls it, else its position. Every message about it begins with this name. */
  name: string;
  subject: FindingSubject;
  /** Who can fix it: its DRIs, unless what is there is a group or no mention. */
  people: string[];
}

/** The milestones in one of the states. What may be no milestone at all is left out: nothing is asserted about it. */
export function milestonesIn(
  { milestones }: KrDocument,
  states: readonly ItemState[],
): readonly EvaluatedMilestone[] {
  const found: EvaluatedMilestone[] = [];
  milestones.forEach((milestone, index) => {
    if (milestone.certain !== false && states.includes(milestone.state)) found.push({ milestone, index });
  });
  return found;
}

/** A milestone as reports speak of it. */
export function named({ milestone, index }: EvaluatedMilestone): NamedMilestone {
  const name = plain(milestone.label ?? '') || `Milestone ${index + 1}`;
  const people = milestone.driProblem === null ? milestone.dris : [];
  return { name, subject: { part: 'milestone', index, label: name }, people };
}

/** What is to be typed into a field of a milestone: `Due Date: YYYY-MM-DD`; in a table the value alone, and where. */
export function intoField(
  { form, written = [] }: KrMilestone,
  { id, name }: { id: WrittenField['id']; name: string },
  ...values: readonly string[]
): Listing {
  if (form !== 'row') return { items: values.map((value) => typed(`${name}: ${value}`)), glue: 'or' };
  const column = written.find((field) => field.id === id)?.name ?? '';
  const isThere = column !== '';
  return { items: values.map(typed), glue: 'or', column: { name: quote(isThere ? column : name), isThere } };
}
