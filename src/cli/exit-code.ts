import type { Severity } from '../model/finding.ts';
import type { RunSummary } from '../model/report.ts';

const ranks: Record<Severity, number> = { info: 0, warning: 1, error: 2 };

/**
 * 0: done. 1: findings at or above `failOn`. 3: incomplete; something could not be read or written. Incomplete beats
 * findings, since what was not read may be worse. (2, wrong usage, is thrown before there is a summary.)
 * @param worst the worst severity among the findings of all subjects; those of set rules are in the summary
 */
export function exitCode(
  summary: Pick<RunSummary, 'totals' | 'failures' | 'setFindings'>,
  { failOn, worst }: { failOn: Severity | 'never'; worst: Severity | null },
): 0 | 1 | 3 {
  const { totals, failures } = summary;
  if (failures.length > 0 || totals.errors > 0 || totals.actions.failed > 0) return 3;
  if (worst !== null && reaches(worst, failOn)) return 1;
  for (const { severity } of summary.setFindings) if (reaches(severity, failOn)) return 1;
  return 0;
}

/** Whether a finding is as bad as `failOn`, or worse. */
export const reaches = (severity: Severity, failOn: Severity | 'never'): boolean =>
  failOn !== 'never' && ranks[severity] >= ranks[failOn];
