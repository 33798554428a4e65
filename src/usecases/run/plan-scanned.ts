import type { Assessment } from '../../assess/assess.ts';
import { type IssuePlan, nudgeSpeaksOf, type PlanInput, planIssue } from '../../plan/plan-issue.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import { offeredUpdate } from './offered-update.ts';
import type { RunOptions } from './options.ts';
import { planInput, type SubjectToPlan } from './plan-subject.ts';

/** What the plan of a scanned issue is made from. */
export function inputFor(
  options: RunOptions,
  { issue, kind, historical, left }: ScannedIssue,
  assessment: Assessment,
  { checkIn, notes, labelEvents, ownership, now, told, isUnworded }: Known,
): PlanInput {
  const { policy, documents } = options;
  return planInput({
    notes,
    labelEvents,
    ownership,
    now,
    told,
    issue,
    source: issue.description,
    assessment,
    policy,
    template: documents.template(kind),
    draft: checkIn ?? offeredUpdate(assessment, options),
    evenClosed: historical,
    unselected: left === 'unselected',
    isUnworded,
  });
}

type Known = Pick<SubjectToPlan, 'notes' | 'labelEvents' | 'ownership' | 'now' | 'told' | 'isUnworded'> & {
  checkIn: string | null;
};

/** The plan of a scanned issue. A closed KR is nudged only for what rules about closed ones say, or said before. */
export function planScanned(
  input: PlanInput,
  { historical, left }: ScannedIssue,
  { findings, evaluated }: Assessment,
): IssuePlan {
  const isOver =
    historical && findings.length === 0 && !nudgeSpeaksOf(evaluated, input.notes ?? [], input.bot);
  if (left === undefined && !isOver) return planIssue(input);
  return { ...planIssue({ ...input, evenClosed: false }), reason: null };
}
