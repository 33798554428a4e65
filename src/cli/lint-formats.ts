import type { SubjectReport } from '../model/report.ts';
import { codeQuality } from '../report/code-quality.ts';
import { reportJson } from '../report/report-json.ts';
import { stylish } from '../report/stylish.ts';
import { addToTotals, emptyTotals } from '../report/totals.ts';

export const lintFormats = ['stylish', 'json', 'codequality'] as const;
export type LintFormat = (typeof lintFormats)[number];

/** What `lint` prints. `json` is the report of `run`, with mode `lint`. */
export function renderLint(
  format: LintFormat,
  subjects: readonly SubjectReport[],
  look: { now: string; color: boolean },
): string {
  switch (format) {
    case 'stylish':
      return stylish(subjects, look);
    case 'codequality':
      return codeQuality(subjects);
    case 'json':
      return reportJson(lintSummary(subjects, look.now), subjects);
    default:
      return format satisfies never;
  }
}

function lintSummary(subjects: readonly SubjectReport[], now: string): Parameters<typeof reportJson>[0] {
  const totals = emptyTotals();
  for (const subject of subjects) addToTotals(totals, subject);
  return {
    mode: 'lint',
    generatedAt: now,
    totals,
    failures: [],
    warnings: [],
    setFindings: [],
    requests: { total: 0, retried: 0, throttled: 0 },
  };
}
