import type { Finding, Severity } from '../../model/finding.ts';
import type { SubjectReport } from '../../model/report.ts';
import { defineReporter } from '../reporter.ts';
import { leftOut, MOST_FINDINGS, oneLine, type Paint, painter, shortLine } from '../terminal.ts';
import { severityPaint } from '../text.ts';

/**
 * Findings of files for people, as ESLint prints them: file, then `line:column severity message rule`; the hint
 * beneath; a count at the end. A file that could not be read is not counted: if there is no other, there is no text.
 */
export const stylish = defineReporter({
  name: 'stylish',
  description: 'for a terminal',
  of: ['files'],
  file: 'findings.txt',
  open({ color }) {
    const paint = painter(color);
    const counts: Counts = { texts: 0, error: 0, warning: 0, info: 0 };
    return {
      begin: () => '',
      subject(subject) {
        if (subject.error !== null) return '';
        counts.texts += 1;
        for (const { severity } of subject.findings) counts[severity] += 1;
        const block = fileBlock(subject, paint);
        return block === '' ? '' : `${block}\n\n`;
      },
      end: () => (counts.texts === 0 ? '' : `${countLine(counts, paint)}\n`),
    };
  },
});

type Counts = Record<Severity | 'texts', number>;

function fileBlock(subject: SubjectReport, paint: Paint): string {
  const { findings, skippedRules } = subject;
  if (findings.length === 0 && skippedRules.length === 0) return '';
  const shown = findings.slice(0, MOST_FINDINGS * 5);
  const places = shown.map(placeOf);
  const left = Math.max(0, ...places.map((place) => place.length));
  const rows = shown.flatMap((finding, index) => {
    const severity = severityPaint(finding.severity, paint)(finding.severity.padEnd(7));
    const indent = ' '.repeat(left + 13);
    return [
      `  ${paint.dim((places[index] ?? '').padStart(left))}  ${severity}  ${shortLine(finding.message)}  ${paint.dim(finding.rule)}`,
      ...(finding.hint === null ? [] : [`${indent}${paint.cyan(`→ ${shortLine(finding.hint)}`)}`]),
    ];
  });
  const more = leftOut(findings.length, shown.length, 'finding', 'findings');
  if (more !== null) rows.push(`  ${more}`);
  const skipped = skippedRules.map(({ rule, reason }) => paint.dim(`  skipped: ${rule}, ${oneLine(reason)}`));
  return [paint.underline(oneLine(subject.ref)), ...rows, ...skipped].join('\n');
}

function placeOf(finding: Finding): string {
  return finding.place === null ? '-' : `${finding.place.start.line}:${finding.place.start.column}`;
}

function countLine(counts: Counts, paint: Paint): string {
  const parts = (['error', 'warning', 'info'] as const)
    .map((severity) => ({ severity, number: counts[severity] }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}${number === 1 || severity === 'info' ? '' : 's'}`);
  const files = counts.texts === 1 ? 'one text' : `${counts.texts} texts`;
  if (parts.length === 0) return paint.green(`✔ ${files} checked, nothing to say`);
  const text = `${parts.join(', ')} in ${files}`;
  return counts.error > 0 ? paint.red(`✖ ${text}`) : paint.yellow(text);
}
