import type { RunSummary } from '../model/report.ts';

type Outcome = Pick<RunSummary, 'totals' | 'failures' | 'incomplete'>;

/** True for a report of exit code 3: something could not be read or written, or a shard is missing. */
export function isIncomplete(summary: Outcome): boolean {
  return whatIsMissing(summary).length > 0;
}

/** What is missing from a report, in words; empty: nothing. Names of sources are as they were read: escape them. */
export function whatIsMissing({ totals, failures, incomplete = [] }: Outcome): string[] {
  const { errors, actions } = totals;
  return [
    ...incomplete,
    ...failures.map(({ source, message }) => `${source}: ${message}`),
    ...(errors > 0 ? [`${errors} of ${totals.subjects} issues could not be read or written to the end`] : []),
    ...(errors === 0 && actions.failed > 0 ? [`${actions.failed} changes in GitLab failed`] : []),
  ];
}
