import type { Finding, Severity } from '../model/finding.ts';
import type { SubjectReport } from '../model/report.ts';
import { oneLine, type Paint, painter } from './terminal.ts';
import { severityPaint } from './text.ts';

/**
 * Findings of files for people, as ESLint prints them: file, then `line:column severity message rule`; the hint
 * beneath; a count at the end. Ends with a line end.
 */
export function stylish(subjects: readonly SubjectReport[], { color }: { color: boolean }): string {
  const paint = painter(color);
  const blocks = subjects.map((subject) => fileBlock(subject, paint)).filter((block) => block !== '');
  return `${[...blocks, countLine(subjects, paint)].join('\n\n')}\n`;
}

function fileBlock(subject: SubjectReport, paint: Paint): string {
  const { findings, skippedRules, error } = subject;
  if (findings.length === 0 && skippedRules.length === 0 && error === null) return '';
  const places = findings.map(placeOf);
  const left = Math.max(0, ...places.map((place) => place.length));
  const rows = findings.flatMap((finding, index) => {
    const severity = severityPaint(finding.severity, paint)(finding.severity.padEnd(7));
    const indent = ' '.repeat(left + 13);
    return [
      `  ${paint.dim((places[index] ?? '').padStart(left))}  ${severity}  ${oneLine(finding.message)}  ${paint.dim(finding.rule)}`,
      ...(finding.hint === null ? [] : [`${indent}${paint.cyan(`→ ${oneLine(finding.hint)}`)}`]),
    ];
  });
  const skipped = skippedRules.map(({ rule, reason }) => paint.dim(`  skipped: ${rule}, ${oneLine(reason)}`));
  const failed = error === null ? [] : [paint.red(`  ${oneLine(error)}`)];
  return [paint.underline(oneLine(subject.ref)), ...rows, ...failed, ...skipped].join('\n');
}

function placeOf(finding: Finding): string {
  return finding.place === null ? '-' : `${finding.place.start.line}:${finding.place.start.column}`;
}

function countLine(subjects: readonly SubjectReport[], paint: Paint): string {
  const count = (severity: Severity) =>
    subjects.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
  const parts = (['error', 'warning', 'info'] as const)
    .map((severity) => ({ severity, number: count(severity) }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}${number === 1 || severity === 'info' ? '' : 's'}`);
  const files = subjects.length === 1 ? 'one text' : `${subjects.length} texts`;
  if (parts.length === 0) return paint.green(`✔ ${files} checked, nothing to say`);
  const text = `${parts.join(', ')} in ${files}`;
  return count('error') > 0 ? paint.red(`✖ ${text}`) : paint.yellow(text);
}
