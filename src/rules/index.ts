import type { DocumentKind } from '../model/document.ts';
import { closeWhenDone } from './close-when-done.ts';
import type { FolderRule } from './folder-rule.ts';
import { matchIssueDueDate } from './match-issue-due-date.ts';
import { matchKrsPerDri } from './match-krs-per-dri.ts';
import { matchKrsPerObjective } from './match-krs-per-objective.ts';
import { matchPercentToMilestones } from './match-percent-to-milestones.ts';
import { matchStatusToMilestones } from './match-status-to-milestones.ts';
import { matchTitleFormat } from './match-title-format.ts';
import { noClosedWithOpenMilestones } from './no-closed-with-open-milestones.ts';
import { noCopiedUpdate } from './no-copied-update.ts';
import { noDeadLink } from './no-dead-link.ts';
import { noDeadPlanRow } from './no-dead-plan-row.ts';
import { noDuplicateKrNumber } from './no-duplicate-kr-number.ts';
import { noFallingPercent } from './no-falling-percent.ts';
import { noKrNumberGap } from './no-kr-number-gap.ts';
import { noLeftovers } from './no-leftovers.ts';
import { noOverdueMilestone } from './no-overdue-milestone.ts';
import { noSharedOkrLink } from './no-shared-okr-link.ts';
import { noSharedPlanEpic } from './no-shared-plan-epic.ts';
import { noSilentRisk } from './no-silent-risk.ts';
import { noSkippedPlanStep } from './no-skipped-plan-step.ts';
import { noUnreadable } from './no-unreadable.ts';
import { requireCheckIn } from './require-check-in.ts';
import { requireCheckInStatus } from './require-check-in-status.ts';
import { requireMilestoneDescription } from './require-milestone-description.ts';
import { requireMilestoneDri } from './require-milestone-dri.ts';
import { requireMilestoneDueDate } from './require-milestone-due-date.ts';
import { requireMilestones } from './require-milestones.ts';
import { requireOkrDependencyStakeholder } from './require-okr-dependency-stakeholder.ts';
import { requireOkrLink } from './require-okr-link.ts';
import { requireOpenPlanEpic } from './require-open-plan-epic.ts';
import { requireOverallDri } from './require-overall-dri.ts';
import { requirePlanEpic } from './require-plan-epic.ts';
import { requirePlanIndexRow } from './require-plan-index-row.ts';
import { requirePlanIssues } from './require-plan-issues.ts';
import { requirePlanLink } from './require-plan-link.ts';
import { requirePlanTitle } from './require-plan-title.ts';
import { requireText } from './require-text.ts';
import { requireUpdatePercent } from './require-update-percent.ts';
import { requireUpdateStatus } from './require-update-status.ts';
import { requireUpdateWeek } from './require-update-week.ts';
import { requireWeeklyUpdate } from './require-weekly-update.ts';
import type { Rule } from './rule.ts';
import type { SetRule } from './set-rule.ts';

const rulesOfOneKind: readonly Rule[] = [
  // kr
  matchTitleFormat,
  requireOkrLink,
  ...requireText.kr,
  requireMilestones,
  requireMilestoneDescription,
  requireMilestoneDueDate,
  requireMilestoneDri,
  matchIssueDueDate,
  requireOverallDri,
  noOverdueMilestone,
  requirePlanLink,
  requireWeeklyUpdate,
  matchStatusToMilestones,
  matchPercentToMilestones,
  noFallingPercent,
  noCopiedUpdate,
  noSilentRisk,
  closeWhenDone,
  noClosedWithOpenMilestones,
  // weekly-update
  requireUpdateWeek,
  requireUpdateStatus,
  requireUpdatePercent,
  ...requireText['weekly-update'],
  // okr
  ...requireText.okr,
  requireOkrDependencyStakeholder,
  requireCheckIn,
  // check-in
  requireCheckInStatus,
  ...requireText['check-in'],
  // plan
  requirePlanTitle,
  requirePlanEpic,
];

const rulesOfManyKinds = [noLeftovers, noUnreadable];

/**
 * Every rule, kind by kind, in the order in which they are listed and documented.
 * @param kinds all that there are, in their order
 */
export function rulesOf(kinds: readonly DocumentKind[]): readonly Rule[] {
  const all = [...rulesOfOneKind, ...rulesOfManyKinds.flatMap((rule) => rule(kinds))];
  return kinds.flatMap((kind) => all.filter((rule) => rule.kind === kind));
}

/** Rules over all KRs of a quarter. */
export const setRules: readonly SetRule[] = [
  noDuplicateKrNumber,
  noKrNumberGap,
  noSharedOkrLink,
  matchKrsPerDri,
  matchKrsPerObjective,
];

/** Rules over all pages of a folder. */
export const folderRules: readonly FolderRule[] = [
  requirePlanIndexRow,
  noDeadPlanRow,
  noSharedPlanEpic,
  noDeadLink,
  noSkippedPlanStep,
  requireOpenPlanEpic,
  requirePlanIssues,
];
