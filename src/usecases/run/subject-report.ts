import type { Outcome } from '../../model/action.ts';
import { messageOf } from '../../model/errors.ts';
import type { Finding, SkippedRule } from '../../model/finding.ts';
import type { ReminderFacts } from '../../model/reminder.ts';
import type { SubjectReport } from '../../model/report.ts';
import type { ScannedIssue } from '../../scan/scan.ts';

/** What was found out about an issue before something went wrong, or nothing did. */
export interface Found {
  findings: Finding[];
  skipped: SkippedRule[];
  record: SubjectReport['record'];
}

/** What was done about it, or is planned. */
interface Done {
  actions: Outcome[];
  comment: string | null;
  restraint: string | null;
  reminder: ReminderFacts | null;
}

/** An issue as the report names it. */
export function subjectOf({
  issue,
  kind,
}: ScannedIssue): Pick<
  SubjectReport,
  'kind' | 'ref' | 'projectId' | 'iid' | 'url' | 'title' | 'confidential' | 'state'
> {
  const { ref, projectId, iid, url, title, confidential, state } = issue;
  return { kind, ref, projectId, iid, url, title, confidential, state };
}

/** An issue whose actions were planned or performed. */
export function subjectReport(
  scanned: ScannedIssue,
  { findings, skipped, record }: Found,
  { actions, comment, restraint, reminder }: Done,
): SubjectReport {
  const failed = actions.find((action) => action.outcome === 'failed');
  const { ref, projectId, iid, url, title, confidential, state } = scanned.issue;
  // Field by field: spreading costs more than finding out what is spread.
  return {
    kind: scanned.kind,
    ref,
    projectId,
    iid,
    url,
    title,
    confidential,
    state,
    status: failed !== undefined ? 'error' : statusOf(scanned, findings),
    findings,
    skippedRules: skipped,
    actions,
    comment,
    restraint,
    error: failed?.detail ?? null,
    record: record ?? null,
    reminder,
  };
}

function statusOf({ historical }: ScannedIssue, findings: readonly Finding[]): SubjectReport['status'] {
  if (historical) return 'closed';
  return findings.some(({ waived }) => waived === undefined) ? 'findings' : 'clean';
}

/** An issue on which something went wrong, with what was known by then. */
export function failedSubject(scanned: ScannedIssue, error: unknown, found: Found | null): SubjectReport {
  return {
    ...subjectOf(scanned),
    status: 'error',
    findings: found?.findings ?? [],
    skippedRules: found?.skipped ?? [],
    actions: [],
    comment: null,
    restraint: null,
    error: messageOf(error),
    record: found?.record ?? null,
  };
}
