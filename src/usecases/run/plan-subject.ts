import type { Assessment } from '../../assess/assess.ts';
import type { Activity } from '../../model/activity.ts';
import type { Issue, Note } from '../../model/issue.ts';
import type { TemplateFacts } from '../../model/reader.ts';
import type { Policy } from '../../model/rule.ts';
import type { PlanInput } from '../../plan/plan-issue.ts';
import type { Ownership } from './note-owner.ts';

export interface SubjectToPlan {
  issue: Issue;
  source: string;
  assessment: Assessment;
  policy: Policy;
  template: TemplateFacts;
  /** Null: not read. */
  notes: readonly Note[] | null;
  /** Left out: not read. */
  labelEvents?: Activity['labelEvents'] | undefined;
  /** Left out: no one deleted our comment. */
  told?: PlanInput['told'] | undefined;
  /** Null: not known. */
  ownership: Ownership | null;
  /** ISO 8601 instant */
  now: string;
  /** See `PlanInput`. */
  draft?: string | undefined;
  evenClosed?: boolean;
  unselected?: boolean;
  isUnworded?: boolean | undefined;
}

/** Everything the plan of one issue is made from; the same for `run` and `explain`. */
export function planInput(subject: SubjectToPlan): PlanInput {
  const { issue, source, assessment, policy, template, notes, ownership, now, labelEvents, told } = subject;
  const { draft, evenClosed, unselected, isUnworded } = subject;
  const { document, context, findings, skipped, evaluated, timeline } = assessment;
  const { comment, labels } = policy.settings;
  const { members, inactive } = context.issue;
  return {
    issue,
    source,
    document,
    findings,
    skipped,
    rules: policy.rules,
    evaluated,
    notes,
    bot: ownership?.bot ?? null,
    lostBots: ownership?.lostBots,
    labelEvents,
    told,
    members,
    inactive,
    answers: timeline?.answers,
    updates: timeline?.updates,
    timeZone: policy.settings.calendar.timeZone ?? 'UTC',
    fix: policy.settings.fix,
    commandPrefix: comment.commandPrefix,
    settings: { comment, labels },
    template,
    now,
    today: context.today,
    draft,
    evenClosed,
    unselected,
    isUnworded,
  };
}
