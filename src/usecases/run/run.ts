import pLimit from 'p-limit';
import { applyActions, plannedOutcomes } from '../../apply/apply-actions.ts';
import { checkSets } from '../../assess/check-sets.ts';
import { ruleContext } from '../../assess/context.ts';
import { evaluate } from '../../assess/evaluate.ts';
import { issueFacts } from '../../assess/issue-facts.ts';
import { krKeys } from '../../assess/keys.ts';
import type { Outcome } from '../../model/action.ts';
import type { KrHygieneDocument } from '../../model/document.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Finding, SkippedRule } from '../../model/finding.ts';
import type { Issue } from '../../model/issue.ts';
import type { Clock, IssueReader, IssueSource, IssueWriter, RequestCounts } from '../../model/ports.ts';
import type { AsyncDocumentReader } from '../../model/reader.ts';
import type { RunSummary, SourceFailure, SubjectReport } from '../../model/report.ts';
import type { IssueFacts, KrKeys, Policy } from '../../model/rule.ts';
import { needsNotes, planIssue } from '../../plan/plan-issue.ts';
import { memberLookup } from '../../scan/members.ts';
import { scan } from '../../scan/scan.ts';
import { createSkippedTally } from './skipped-rules.ts';
import { addToTotals, emptyTotals } from './totals.ts';

export interface RunOptions {
  sources: readonly IssueSource[];
  policy: Policy;
  documents: AsyncDocumentReader;
  reader: IssueReader;
  /** Null: a dry run, which has nothing to write with. */
  writer: IssueWriter | null;
  clock: Clock;
  /** The reader hands out one issue that was picked out: nothing is said of all KRs together. */
  oneIssue?: boolean;
  /** Waits a moment for a comment that GitLab did not confirm; see `ApplyContext`. */
  settle?: () => Promise<void>;
  requests: () => RequestCounts;
  /** Called once for each KR, in the order of the scan. */
  onSubject: (subject: SubjectReport) => void | Promise<void>;
  onFailure?: (failure: SourceFailure) => void;
}

/**
 * The whole pipeline: scan, parse, evaluate, plan, apply; the caller reports. A bounded number of issues is in the
 * works at a time, and what was reported is let go, so memory does not grow with the backlog (set rules keep keys).
 * @throws GatewayError when it is fatal and no issue was begun yet, so that nothing was changed: wrong token
 */
export async function run(options: RunOptions): Promise<RunSummary> {
  const totals = emptyTotals();
  const skipped = createSkippedTally();
  const failures: SourceFailure[] = [];
  // By the order of the scan, whatever is done first: two runs over the same issues say the same.
  const keys: (KrKeys | null)[] = [];
  const now = options.clock();
  const fail = (failure: SourceFailure): void => {
    failures.push(failure);
    options.onFailure?.(failure);
  };
  const workshop = openWorkshop(options, now, fail);
  const limit = pLimit(options.policy.settings.limits.concurrency);
  const waiting: Promise<SubjectReport>[] = [];
  let unread = false;
  const report = async (pending: Promise<SubjectReport>): Promise<void> => {
    const subject = await pending;
    addToTotals(totals, subject);
    skipped.add(subject);
    await options.onSubject(subject);
  };

  let fatal: GatewayError | null = null;
  try {
    for await (const scanned of scan(options.sources, options.policy, options.reader, now)) {
      if (workshop.fatal() !== null) break;
      if ('failure' in scanned) {
        unread = true;
        fail(scanned.failure);
        continue;
      }
      const place = keys.push(null) - 1;
      const remember = (found: KrKeys): void => {
        keys[place] = found;
      };
      waiting.push(limit(() => workshop.handle(scanned.issue, remember)));
      if (waiting.length >= limit.concurrency * 4) await report(waiting.shift() as Promise<SubjectReport>);
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    fatal = error;
  }
  for (const pending of waiting) await report(pending);
  fatal = workshop.fatal() ?? fatal;
  if (fatal !== null) {
    if (totals.subjects === 0) throw fatal;
    fail({ source: 'run', message: fatal.message });
  }
  const reading = options.oneIssue === true ? 'one-issue' : unread || fatal !== null ? 'partial' : 'whole';
  const sets = checkSets(options.policy, keys, reading);
  return {
    mode: options.writer === null ? 'dry-run' : 'apply',
    generatedAt: now,
    totals,
    failures,
    warnings: [...options.policy.warnings, ...skipped.warnings(), ...sets.warnings],
    setFindings: sets.findings,
    requests: options.requests(),
  };
}

interface Workshop {
  /**
   * One issue from its description to its outcomes; never rejects: what goes wrong with it stays with it. After a
   * fatal error nothing is begun any more, and what waits is reported as not done.
   */
  handle(issue: Issue, remember: (keys: KrKeys) => void): Promise<SubjectReport>;
  /** The first error after which no request can succeed. */
  fatal(): GatewayError | null;
}

function openWorkshop(options: RunOptions, now: string, fail: (failure: SourceFailure) => void): Workshop {
  const members = memberLookup(options.reader, fail);
  let fatal: GatewayError | null = null;
  return {
    async handle(issue, remember) {
      if (fatal !== null) return failedSubject(issue, fatal, null);
      const notice = (error: unknown): void => {
        if (error instanceof GatewayError && error.fatal) fatal ??= error;
      };
      let judged: Judged | null = null;
      try {
        judged = await judge(options, issue, now, members);
        if (options.policy.setRules.length > 0) remember(krKeys(judged.document, judged.facts, issue.ref));
        return await mend(options, issue, judged, now, notice);
      } catch (error) {
        notice(error);
        return failedSubject(issue, error, judged);
      }
    },
    fatal: () => fatal,
  };
}

/** One issue read and checked. */
interface Judged {
  document: KrHygieneDocument;
  facts: IssueFacts;
  findings: Finding[];
  skipped: SkippedRule[];
  judged: string[];
}

async function judge(
  options: RunOptions,
  issue: Issue,
  now: string,
  membersOf: (projectId: number) => Promise<ReadonlySet<string> | undefined>,
): Promise<Judged> {
  const { settings, rules } = options.policy;
  const template = options.documents.template('kr');
  const document = await options.documents.read('kr', issue.description, {
    title: issue.title,
    now,
    groups: settings.groups,
    confidential: issue.confidential,
  });
  const members = await membersOf(issue.projectId);
  const facts = issueFacts(issue, members);
  const context = ruleContext({
    document,
    source: issue.description,
    facts,
    now,
    calendar: settings.calendar,
    template,
  });
  return { document, facts, ...evaluate(document, rules, context) };
}

/** Plans and does what there is to do on one issue; a dry run only plans. */
async function mend(
  options: RunOptions,
  issue: Issue,
  { document, facts: { members }, findings, skipped, judged }: Judged,
  now: string,
  onFatal: (error: GatewayError) => void,
): Promise<SubjectReport> {
  const { settings } = options.policy;
  const notes = needsNotes(issue, findings, settings.labels, now)
    ? await options.reader.notes(issue.projectId, issue.iid)
    : null;
  const botUserId =
    notes !== null || options.writer !== null ? (await options.reader.currentUser()).id : null;
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
    template: options.documents.template('kr'),
    now,
  });
  const actions: Outcome[] =
    options.writer === null || botUserId === null
      ? plannedOutcomes(plan.actions)
      : await applyActions(plan.actions, {
          issue,
          reader: options.reader,
          writer: options.writer,
          botUserId,
          onFatal,
          ...(options.settle === undefined ? {} : { settle: options.settle }),
        });
  const failed = actions.find((action) => action.outcome === 'failed');
  return {
    ...subjectOf(issue),
    status: failed !== undefined ? 'error' : findings.length > 0 ? 'findings' : 'clean',
    findings,
    skippedRules: skipped,
    actions,
    comment: plan.comment,
    restraint: plan.reason,
    error: failed?.detail ?? null,
  };
}

function subjectOf(
  issue: Issue,
): Pick<SubjectReport, 'kind' | 'ref' | 'projectId' | 'iid' | 'url' | 'title' | 'confidential'> {
  const { ref, projectId, iid, url, title, confidential } = issue;
  return { kind: 'kr', ref, projectId, iid, url, title, confidential };
}

function failedSubject(issue: Issue, error: unknown, judged: Judged | null): SubjectReport {
  const message = error instanceof Error ? error.message : String(error);
  return {
    ...subjectOf(issue),
    status: 'error',
    findings: judged?.findings ?? [],
    skippedRules: judged?.skipped ?? [],
    actions: [],
    comment: null,
    restraint: null,
    error: message,
  };
}
