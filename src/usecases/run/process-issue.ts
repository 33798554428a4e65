import { applyActions, plannedOutcomes } from '../../apply/apply-actions.ts';
import { type Assessment, assess } from '../../assess/assess.ts';
import { issueFacts } from '../../assess/issue-facts.ts';
import { krKeys } from '../../assess/keys.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Issue } from '../../model/issue.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import type { KrKeys } from '../../model/rule.ts';
import { type IssuePlan, needsNotes, planIssue } from '../../plan/plan-issue.ts';
import { memberLookup } from '../../scan/members.ts';
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
  return {
    async process(issue, remember) {
      if (fatal !== null) return failedSubject(issue, fatal, null);
      let assessment: Assessment | null = null;
      try {
        const facts = issueFacts(issue, await membersOf(issue.projectId));
        assessment = await assess({ kind: 'kr', source: issue.description, facts }, options, now);
        if (options.policy.setRules.length > 0) remember(krKeys(assessment.document, facts, issue.ref));
        return await planAndApply(options, issue, assessment, now, notice);
      } catch (error) {
        notice(error);
        return failedSubject(issue, error, assessment);
      }
    },
    fatal: () => fatal,
  };
}

/** Plans and performs what is to be done on one issue; a dry run only plans. */
async function planAndApply(
  options: RunOptions,
  issue: Issue,
  assessment: Assessment,
  now: string,
  onFatal: (error: GatewayError) => void,
): Promise<SubjectReport> {
  const { reader, writer, settle } = options;
  const { plan, botUserId } = await planFor(options, issue, assessment, now);
  const actions =
    writer === null || botUserId === null
      ? plannedOutcomes(plan.actions)
      : await applyActions(plan.actions, {
          issue,
          reader,
          writer,
          botUserId,
          onFatal,
          ...(settle === undefined ? {} : { settle }),
        });
  return subjectReport(issue, assessment, { actions, comment: plan.comment, restraint: plan.reason });
}

async function planFor(
  { policy, documents, reader, writer }: RunOptions,
  issue: Issue,
  { document, context, findings, skipped, judged }: Assessment,
  now: string,
): Promise<{ plan: IssuePlan; botUserId: number | null }> {
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
  return { plan, botUserId };
}
