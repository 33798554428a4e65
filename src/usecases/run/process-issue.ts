import type { Assessment } from '../../assess/assess.ts';
import { krKeys } from '../../assess/keys.ts';
import { mainKind } from '../../model/document.ts';
import { GatewayError } from '../../model/errors.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import type { KrKeys, OtherSubjects } from '../../model/rule.ts';
import type { Others } from '../../plan/marker.ts';
import { carriesOurs } from '../../scan/left.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import type { UndecidedReport } from './first-nudge.ts';
import { hasLeft, leftReport } from './left.ts';
import { ownershipIn } from './note-owner.ts';
import type { RunOptions } from './options.ts';
import { dayOf, passedOn, planAndApply, planFor } from './plan-and-apply.ts';
import { createSubjectReader, type ReadSubject } from './read-subject.ts';
import { type Looked, lookAt, type RemindedRef } from './remind-issue.ts';
import { failedSubject } from './subject-report.ts';
import { unreadFacts } from './unread-facts.ts';

/** Works on one issue after the other (several at a time), each from its description to its outcomes. */
export interface IssueProcessor {
  /**
   * Never rejects: what goes wrong with an issue stays with it. After a fatal error nothing is begun any more, and
   * what waits is reported as not done.
   * @param remember is told the keys of the KR where set rules want them
   * @returns null for a closed KR of a quarter that is of no interest any more
   */
  process(scanned: ScannedIssue, remember: (keys: KrKeys) => void): Promise<SubjectReport | null>;
  /**
   * The same once more, first comment included, on the issue as it is now: it is read again.
   * @param others KRs that the comment names besides
   * @throws GatewayError when it cannot be read
   */
  again(subject: UndecidedReport, others: Others): Promise<SubjectReport>;
  /**
   * A subject as it is now, in the last second before someone is reminded of it; null: it is not to be looked after any
   * more.
   * @throws GatewayError when it cannot be read
   */
  look(subject: RemindedRef): Promise<Looked | null>;
  /** With its first comment, where that was left to be worded later; asks GitLab for nothing. */
  worded(subject: UndecidedReport): Promise<SubjectReport>;
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
  const subjects = createSubjectReader(options, now, fail);
  let fatal: GatewayError | null = null;
  const notice = (error: unknown): void => {
    if (error instanceof GatewayError && error.fatal) fatal ??= error;
  };
  /** What is left of an issue that is not looked after any more; null: nothing, or it is another policy's. */
  const leave = async (scanned: ScannedIssue): Promise<SubjectReport | null> => {
    const found = await subjects.read(scanned);
    if (found.past instanceof GatewayError) throw found.past;
    const { bot, activity } = found.past;
    const { bot: owner } = await ownershipIn(
      scanned.issue.projectId,
      { reader: options.reader, user: bot },
      options.policy.settings,
      activity.comments,
    );
    if (!hasLeft(scanned, activity, owner, options.policy.settings)) return null;
    const report = await planAndApply(options, scanned, found, { now, notice, firstNudge: 'later' });
    return leftReport(report, scanned);
  };
  /** Does something with a subject as it is now; null: the policy does not select it any more. */
  const onceMore = async <T>(
    subject: RemindedRef,
    work: (scanned: ScannedIssue, found: ReadSubject) => Promise<T>,
  ): Promise<T | null> => {
    try {
      const scanned = await scannedAgain(options, subject);
      if (selectionOf(options, scanned)?.unselected(scanned.issue, now) !== null) return null;
      return await work(scanned, await subjects.read(scanned, true));
    } catch (error) {
      notice(error);
      throw error;
    }
  };
  return {
    async process(scanned, remember) {
      if (fatal !== null) return failedSubject(scanned, fatal, null);
      let assessment: Assessment | null = null;
      try {
        if (scanned.historical && !(await subjects.isOfInterest(scanned.issue))) {
          // Whatever quarter it is of: what we set on it is cleared.
          if (!carriesOurs(scanned.issue, { ...options.policy.settings.labels, ok: null })) return null;
          return await leave({ ...scanned, historical: false, left: 'closed' });
        }
        if (scanned.left !== undefined) return await leave(scanned);
        const found = await subjects.read(scanned);
        ({ assessment } = found);
        if (options.policy.setRules.length > 0)
          remember(krKeys(assessment.document, assessment.context.issue, scanned.issue.ref));
        return await planAndApply(options, scanned, found, { now, notice, firstNudge: 'later' });
      } catch (error) {
        notice(error);
        const when = { now, dayOf: dayOf(options, now) };
        const facts = unreadFacts(scanned.issue, assessment?.document ?? null, when);
        const reminder = passedOn(facts, scanned.issue, options);
        return { ...failedSubject(scanned, error, assessment), reminder };
      }
    },
    again: async (subject, others) => {
      const { unworded: _unworded, ...rest } = subject;
      const moment = { now, notice, firstNudge: 'now', others } as const;
      const done = await onceMore(subject, (scanned, found) => planAndApply(options, scanned, found, moment));
      return done ?? { ...rest, actions: [], comment: null };
    },
    look: (subject) =>
      onceMore(subject, (scanned, found) => lookAt(options, scanned, found, { now, notice })),
    async worded({ unworded, ...subject }) {
      if (unworded === undefined) return subject;
      const scanned: ScannedIssue = { issue: unworded, kind: mainKind, historical: false };
      const { plan } = await planFor(options, scanned, await subjects.read(scanned, true), { now });
      return { ...subject, comment: plan.comment };
    },
    fatal: () => fatal,
    warnings: () => subjects.warnings(),
  };
}

async function scannedAgain(
  { reader }: RunOptions,
  { projectId, iid, kind, status }: RemindedRef,
): Promise<ScannedIssue> {
  return {
    issue: await reader.issue(projectId ?? 0, iid ?? 0),
    kind: kind === 'okr' ? kind : mainKind,
    historical: status === 'closed',
  };
}

function selectionOf(
  { policy }: RunOptions,
  { kind, historical }: ScannedIssue,
): Pick<OtherSubjects, 'unselected'> | null {
  if (historical) return policy.closedKrs;
  return kind === 'okr' ? policy.okrs : policy;
}
