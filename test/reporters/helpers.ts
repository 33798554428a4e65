import type { RunSummary, SubjectReport } from '../../src/model/report.ts';
import { addToTotals, emptyTotals } from '../../src/usecases/run/totals.ts';
import { aFinding } from '../plan/helpers.ts';

export function aSubject(over: Partial<SubjectReport> = {}): SubjectReport {
  return {
    kind: 'kr',
    ref: 'sec/okrs#12',
    projectId: 1,
    iid: 12,
    url: 'https://gitlab.example.com/sec/okrs/-/issues/12',
    title: 'FY27 Q4 KR1 (Key Care) Rotate all signing keys',
    confidential: false,
    status: 'findings',
    findings: [aFinding()],
    skippedRules: [],
    actions: [{ type: 'create-note', outcome: 'planned', detail: 'write a comment (one point open)' }],
    comment: 'Hello @alice, the `link` is missing.\n\n<!-- kr-hygiene 1 nudge e30 -->',
    restraint: null,
    error: null,
    ...over,
  };
}

export function aSummary(
  subjects: readonly SubjectReport[] = [],
  over: Partial<RunSummary> = {},
): RunSummary {
  const totals = emptyTotals();
  for (const subject of subjects) addToTotals(totals, subject);
  return {
    mode: 'dry-run',
    generatedAt: '2026-11-23T09:00:00Z',
    totals,
    failures: [],
    warnings: [],
    setFindings: [],
    requests: { total: 3, retried: 0, throttled: 0 },
    ...over,
  };
}
