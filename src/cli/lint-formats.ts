import type { SubjectReport } from '../model/report.ts';
import { reportJson } from '../records/write-report.ts';
import { codeQuality } from '../reporters/code-quality.ts';
import { stylish } from '../reporters/stylish.ts';
import { addToTotals, emptyTotals } from '../usecases/run/totals.ts';
import { projectPath } from './project-path.ts';

export const lintFormats = ['stylish', 'json', 'codequality'] as const;
export type LintFormat = (typeof lintFormats)[number];

/** What `lint` prints; errors of files stand on stderr as well. `json` is the report of `run`, with mode `lint`. */
export function renderLint(
  format: LintFormat,
  subjects: readonly SubjectReport[],
  look: { now: string; color: boolean; warnings: readonly string[] },
): string {
  switch (format) {
    case 'stylish':
      return stylishOfRead(subjects, look);
    case 'codequality':
      return codeQuality(subjects, (ref) => projectPath(ref));
    case 'json':
      return reportJson(lintSummary(subjects, look), subjects);
    default:
      return format satisfies never;
  }
}

/** Texts that could not be read are no result to count; if there is no other, there is nothing to print. */
function stylishOfRead(subjects: readonly SubjectReport[], look: { color: boolean }): string {
  const read = subjects.filter((subject) => subject.error === null);
  return read.length === 0 ? '' : stylish(read, look);
}

function lintSummary(
  subjects: readonly SubjectReport[],
  { now, warnings }: { now: string; warnings: readonly string[] },
): Parameters<typeof reportJson>[0] {
  const totals = emptyTotals();
  for (const subject of subjects) addToTotals(totals, subject);
  return {
    mode: 'lint',
    generatedAt: now,
    totals,
    failures: [],
    warnings: [...warnings],
    setFindings: [],
    requests: { total: 0, retried: 0, throttled: 0 },
  };
}
