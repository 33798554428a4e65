import { applyActions, plannedOutcomes } from '../../apply/apply-actions.ts';
import { type Assessment, assess } from '../../assess/assess.ts';
import { issueFacts } from '../../assess/issue-facts.ts';
import { krKeys } from '../../assess/keys.ts';
import type { Action, Outcome } from '../../model/action.ts';
import { dayAt } from '../../model/calendar.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Issue, Note } from '../../model/issue.ts';
import { withKeys } from '../../model/reminder.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import type { KrKeys } from '../../model/rule.ts';
import { type IssuePlan, needsNotes, planIssue } from '../../plan/plan-issue.ts';
import { reminderFacts } from '../../plan/reminder-facts.ts';
import { memberLookup } from '../../scan/members.ts';
import { allButFirstNudge } from './first-nudge.ts';
import type { RunOptions } from './options.ts';
import { failedSubject, subjectReport } from './subject-report.ts';

/** Works on one issue after the other (several at a time), each from its description to its outcomes. */
export interface IssueProcessor {
  /**
   * Never rejects: what goes wrong with an issue stays with it. After a fatal error nothing is begun any more, and
   * what waits is reported as not done.
   * @param remember is told the keys of the KR where set rules want them
   */
  process(issue: Issue, remember: (keys: KrKeys) => void): Promise<SubjectReport>;
  /**
   * The same once more, first comment included, on the issue as it is now: it is read again.
   * @throws GatewayError when it cannot be read
   */
  again(subject: SubjectReport): Promise<SubjectReport>;
  /** The first error after which no request can succeed. */
  fatal(): GatewayError | null;
}

/** @param now ISO 8601 instant, the same for the whole run */
export function createIssueProcessor(
  options: RunOptions,
  now: string,
  fail: (failure: SourceFailure) => void,
): IssueProcessor {
  const membersOf = memberLookup(options.reader, fail);
  let fatal: GatewayError | null = null;
  const notice = (error: unknown): void => {
    if (error instanceof GatewayError && error.fatal) fatal ??= error;
  };
  const read = async (issue: Issue): Promise<Assessment> => {
    const facts = issueFacts(issue, await membersOf(issue.projectId));
    return assess({ kind: 'kr', source: issue.description, facts }, options, now);
  };
  return {
    async process(issue, remember) {
      if (fatal !== null) return failedSubject(issue, fatal, null);
      let assessment: Assessment | null = null;
      try {
        assessment = await read(issue);
        if (options.policy.setRules.length > 0)
          remember(krKeys(assessment.document, assessment.context.issue, issue.ref));
        return await planAndApply(options, issue, assessment, { now, notice, firstNudge: 'later' });
      } catch (error) {
        notice(error);
        return failedSubject(issue, error, assessment);
      }
    },
    async again(subject) {
      try {
        const issue = await options.reader.issue(subject.projectId ?? 0, subject.iid ?? 0);
        if (options.policy.unselected(issue, now) !== null) return { ...subject, actions: [], comment: null };
        return await planAndApply(options, issue, await read(issue), { now, notice, firstNudge: 'now' });
      } catch (error) {
        notice(error);
        throw error;
      }
    },
    fatal: () => fatal,
  };
}

/**
 * Plans and performs what is to be done on one issue; a dry run only plans.
 * @param firstNudge `later`: where first comments are bounded, one is left to the end of the run
 */
async function planAndApply(
  options: RunOptions,
  issue: Issue,
  assessment: Assessment,
  { now, notice, firstNudge }: { now: string; notice: (error: unknown) => void; firstNudge: 'later' | 'now' },
): Promise<SubjectReport> {
  const { reader, writer, settle, policy } = options;
  const { plan, botUserId, notes } = await planFor(options, issue, assessment, now);
  const perform = async (actions: readonly Action[]): Promise<Outcome[]> =>
    writer === null || botUserId === null
      ? plannedOutcomes(actions)
      : applyActions(actions, {
          issue,
          reader,
          writer,
          botUserId,
          onFatal: notice,
          ...(settle === undefined ? {} : { settle }),
        });
  const actions =
    firstNudge === 'later' && boundsFirstNudges(options)
      ? await allButFirstNudge(plan.actions, perform)
      : await perform(plan.actions);
  const { findings } = assessment;
  const dayOf = (instant: string): string => dayAt(instant, policy.settings.calendar) ?? now.slice(0, 10);
  const reminder = reminderFacts({ issue, findings, plan, notes, botUserId, dayOf });
  return {
    ...subjectReport(issue, assessment, { actions, comment: plan.comment, restraint: plan.reason }),
    reminder: options.shard != null && issue.confidential ? withKeys(reminder) : reminder,
  };
}

/** Where nothing bounds first comments, each is written at once. */
function boundsFirstNudges({ policy, shard }: RunOptions): boolean {
  const { perRun, perPersonPerWeek } = policy.settings.reminders.newComments;
  return shard != null || perRun !== null || perPersonPerWeek !== null;
}

async function planFor(
  { policy, documents, reader, writer }: RunOptions,
  issue: Issue,
  { document, context, findings, skipped, judged }: Assessment,
  now: string,
): Promise<{ plan: IssuePlan; botUserId: number | null; notes: readonly Note[] | null }> {
  const { settings } = policy;
  const { members } = context.issue;
  const notes = needsNotes(issue, findings, settings.labels, now)
    ? await reader.notes(issue.projectId, issue.iid)
    : null;
  const botUserId = notes !== null || writer !== null ? (await reader.currentUser()).id : null;
  const plan = planIssue({
    issue,
    source: issue.description,
    document,
    findings,
    skipped,
    judged,
    notes,
    botUserId,
    ...(members === undefined ? {} : { members }),
    settings: { comment: settings.comment, labels: settings.labels },
    template: documents.template('kr'),
    now,
  });
  return { plan, botUserId, notes };
}
