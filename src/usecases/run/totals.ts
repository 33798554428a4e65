import type { RunSummary, SubjectReport, Totals } from '../../model/report.ts';

/** Totals of nothing yet. */
export function emptyTotals(): Totals {
  return {
    subjects: 0,
    clean: 0,
    findings: 0,
    errors: 0,
    skipped: 0,
    closed: 0,
    restrained: 0,
    actions: { planned: 0, applied: 0, unchanged: 0, failed: 0, waiting: 0 },
  };
}

const countedAs = {
  clean: 'clean',
  findings: 'findings',
  error: 'errors',
  skipped: 'skipped',
  closed: 'closed',
} as const;

/**
 * Counts one subject in, in place: a run keeps totals, not subjects. `clean`, `findings`, `errors` and `skipped` count
 * subjects by their status and add up to `subjects`.
 */
export function addToTotals(
  totals: Totals,
  subject: Pick<SubjectReport, 'status' | 'restraint' | 'actions'>,
): void {
  totals.subjects += 1;
  totals[countedAs[subject.status]] += 1;
  if (subject.restraint !== null) totals.restrained += 1;
  for (const { outcome } of subject.actions) totals.actions[outcome] += 1;
}

/** The report of files that were checked without a GitLab. */
export function lintReport(
  subjects: SubjectReport[],
  { now, warnings }: { now: string; warnings: readonly string[] },
): RunSummary & { subjects: SubjectReport[] } {
  const totals = emptyTotals();
  for (const subject of subjects) addToTotals(totals, subject);
  return {
    mode: 'lint',
    generatedAt: now,
    subjects,
    totals,
    failures: [],
    warnings: [...warnings],
    setFindings: [],
    requests: { total: 0, retried: 0, throttled: 0 },
  };
}
