import type { Outcome } from '../../model/action.ts';
import type { Finding, SkippedRule } from '../../model/finding.ts';
import type { Issue } from '../../model/issue.ts';
import type { SubjectReport } from '../../model/report.ts';

/** What was found out about an issue before something went wrong, or nothing did. */
export interface Found {
  findings: Finding[];
  skipped: SkippedRule[];
}

/** An issue as the report names it. */
export function subjectOf(
  issue: Issue,
): Pick<SubjectReport, 'kind' | 'ref' | 'projectId' | 'iid' | 'url' | 'title' | 'confidential' | 'state'> {
  const { ref, projectId, iid, url, title, confidential, state } = issue;
  return { kind: 'kr', ref, projectId, iid, url, title, confidential, state };
}

/** An issue whose actions were planned or performed. */
export function subjectReport(
  issue: Issue,
  { findings, skipped }: Found,
  { actions, comment, restraint }: { actions: Outcome[]; comment: string | null; restraint: string | null },
): SubjectReport {
  const failed = actions.find((action) => action.outcome === 'failed');
  return {
    ...subjectOf(issue),
    status: failed !== undefined ? 'error' : findings.length > 0 ? 'findings' : 'clean',
    findings,
    skippedRules: skipped,
    actions,
    comment,
    restraint,
    error: failed?.detail ?? null,
  };
}

/** An issue on which something went wrong, with what was known by then. */
export function failedSubject(issue: Issue, error: unknown, found: Found | null): SubjectReport {
  return {
    ...subjectOf(issue),
    status: 'error',
    findings: found?.findings ?? [],
    skippedRules: found?.skipped ?? [],
    actions: [],
    comment: null,
    restraint: null,
    error: error instanceof Error ? error.message : String(error),
  };
}
