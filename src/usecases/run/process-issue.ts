import { applyActions, plannedOutcomes } from '../../apply/apply-actions.ts';
import { type Assessment, assess } from '../../assess/assess.ts';
import { quarterOfTitle } from '../../assess/context.ts';
import { issueFacts } from '../../assess/issue-facts.ts';
import { krKeys } from '../../assess/keys.ts';
import type { Past } from '../../assess/past.ts';
import { dayAt, quartersBack } from '../../model/calendar.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Issue } from '../../model/issue.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import type { KrKeys } from '../../model/rule.ts';
import { type IssuePlan, nudgeSpeaksOf, planIssue } from '../../plan/plan-issue.ts';
import { memberLookup } from '../../scan/members.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import type { RunOptions } from './options.ts';
import { createPastReader, type PastReader } from './read-past.ts';
import { failedSubject, subjectReport } from './subject-report.ts';

/** Works on one issue after the other (several at a time), each from its description to its outcomes. */
export interface IssueProcessor {
  /**
   * Never rejects: what goes wrong with an issue stays with it. After a fatal error nothing is begun any more, and
   * what waits is reported as not done.
   * @param remember is told the keys of the KR where set rules want them
   * @returns null for a closed KR of a quarter that is of no interest any more
   */
  process(scanned: ScannedIssue, remember: (keys: KrKeys) => void): Promise<SubjectReport | null>;
  /** The first error after which no request can succeed. */
  fatal(): GatewayError | null;
  /** Sentences for the report. */
  warnings(): string[];
}

/** @param now ISO 8601 instant, the same for the whole run */
export function createIssueProcessor(
  options: RunOptions,
  now: string,
  fail: (failure: SourceFailure) => void,
): IssueProcessor {
  const tools: Tools = {
    options,
    now,
    membersOf: memberLookup(options.reader, fail),
    pasts: createPastReader(options.reader),
  };
  const isOfInterest = historyOf(options, now);
  let fatal: GatewayError | null = null;
  const notice = (error: unknown): void => {
    if (error instanceof GatewayError && error.fatal) fatal ??= error;
  };
  return {
    async process(scanned, remember) {
      if (fatal !== null) return failedSubject(scanned, fatal, null);
      let assessment: Assessment | null = null;
      try {
        if (scanned.historical && !(await isOfInterest(scanned.issue))) return null;
        const found = await read(tools, scanned);
        ({ assessment } = found);
        if (options.policy.setRules.length > 0)
          remember(krKeys(assessment.document, assessment.context.issue, scanned.issue.ref));
        if (found.past instanceof GatewayError) throw found.past;
        return await planAndApply(tools, scanned, { assessment, past: found.past }, notice);
      } catch (error) {
        notice(error);
        return failedSubject(scanned, error, assessment);
      }
    },
    fatal: () => fatal,
    warnings: () => tools.pasts.warnings(),
  };
}

interface Tools {
  options: RunOptions;
  now: string;
  membersOf: ReturnType<typeof memberLookup>;
  pasts: PastReader;
}

/** One issue, read and evaluated. */
interface Found {
  assessment: Assessment;
  past: Past;
}

/** Whether a closed KR is of one of the quarters whose KRs are kept in view. */
function historyOf({ policy, documents }: RunOptions, now: string): (issue: Issue) => Promise<boolean> {
  const { calendar, dashboard } = policy.settings;
  const today = dayAt(now, calendar) ?? now.slice(0, 10);
  const starts = new Set(quartersBack(today, dashboard.quarters, calendar).map(({ start }) => start));
  return async ({ title, confidential }) => {
    const document = await documents.read('kr', '', { title, now, confidential });
    const quarter = quarterOfTitle(document, calendar);
    return quarter !== null && starts.has(quarter.start);
  };
}

/** Where comments or events cannot be read, what the description lacks is found all the same. */
async function read(
  { options, now, membersOf, pasts }: Tools,
  { issue, kind, historical }: ScannedIssue,
): Promise<{ assessment: Assessment; past: Past | GatewayError }> {
  const members = await membersOf(issue.projectId);
  const past = await pasts.read(issue, members?.accessLevels).catch((error: unknown) => {
    if (error instanceof GatewayError) return error;
    throw error;
  });
  const text = { kind, source: issue.description, facts: issueFacts(issue, members?.all), historical };
  const known = past instanceof GatewayError ? {} : { past };
  return { assessment: await assess({ ...text, ...known }, options, now), past };
}

/** Plans and performs what is to be done on one issue; a dry run only plans. */
async function planAndApply(
  tools: Tools,
  scanned: ScannedIssue,
  found: Found,
  onFatal: (error: GatewayError) => void,
): Promise<SubjectReport> {
  const { reader, writer, settle } = tools.options;
  const { issue } = scanned;
  const bot = found.past.bot ?? (writer === null ? null : await reader.currentUser());
  const plan = planFor(tools, scanned, found, bot?.id ?? null);
  const actions =
    writer === null || bot === null
      ? plannedOutcomes(plan.actions)
      : await applyActions(plan.actions, {
          issue,
          reader,
          writer,
          botUserId: bot.id,
          onFatal,
          ...(settle === undefined ? {} : { settle }),
        });
  const { comment, reason: restraint } = plan;
  return subjectReport(scanned, found.assessment, { actions, comment, restraint });
}

const leftAlone: IssuePlan = { actions: [], comment: null, reason: null };

function planFor(
  { options: { policy, documents }, now }: Tools,
  { issue, kind, historical }: ScannedIssue,
  { assessment: { document, context, findings, skipped, judged }, past }: Found,
  botUserId: number | null,
): IssuePlan {
  const { settings } = policy;
  const { members } = context.issue;
  const notes = past.activity.comments;
  // A closed KR is nudged only for what rules about closed ones say, or said before.
  if (historical && findings.length === 0 && !nudgeSpeaksOf(judged, notes, botUserId)) return leftAlone;
  return planIssue({
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
    template: documents.template(kind),
    now,
    ...(historical ? { evenClosed: true } : {}),
  });
}
