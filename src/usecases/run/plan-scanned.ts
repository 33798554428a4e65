import type { Assessment } from '../../assess/assess.ts';
import type { Past } from '../../assess/past.ts';
import { type IssuePlan, nudgeSpeaksOf, type PlanInput, planIssue } from '../../plan/plan-issue.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import type { Ownership } from './note-owner.ts';
import { offeredUpdate } from './offered-update.ts';
import type { RunOptions } from './options.ts';
import { planInput } from './plan-subject.ts';

const leftAlone: IssuePlan = {
  actions: [],
  comment: null,
  reason: null,
  leftBehind: 0,
  notReached: false,
};

/** What the plan of a scanned issue is made from. */
export function inputFor(
  options: RunOptions,
  { issue, kind, historical }: ScannedIssue,
  assessment: Assessment,
  known: { notes: Past['activity']['comments']; ownership: Ownership | null; now: string },
): PlanInput {
  const { policy, documents } = options;
  return {
    ...planInput({
      ...known,
      issue,
      source: issue.description,
      assessment,
      policy,
      template: documents.template(kind),
    }),
    ...offeredUpdate(assessment, options),
    ...(historical ? { evenClosed: true } : {}),
  };
}

/** The plan of a scanned issue. A closed KR is nudged only for what rules about closed ones say, or said before. */
export function planScanned(
  input: PlanInput,
  { historical }: ScannedIssue,
  { findings, judged }: Assessment,
): IssuePlan {
  if (historical && findings.length === 0 && !nudgeSpeaksOf(judged, input.notes ?? [], input.bot))
    return leftAlone;
  return planIssue(input);
}
