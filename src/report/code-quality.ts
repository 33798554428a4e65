import { createHash } from 'node:crypto';
import type { Severity } from '../model/finding.ts';
import type { SubjectReport } from '../model/report.ts';
import { oneLine } from './terminal.ts';

const severities: Record<Severity, string> = { error: 'major', warning: 'minor', info: 'info' };

/**
 * Findings of files as GitLab's Code Quality report (FACTS §16): merge requests show them at their lines.
 * Paths are relative to the repository, as they were given.
 */
export function codeQuality(subjects: readonly SubjectReport[]): string {
  const seen = new Map<string, number>();
  const issues = subjects.flatMap((subject) =>
    subject.findings.map((finding) => {
      const key = JSON.stringify([subject.ref, finding.rule, finding.messageId, finding.message]);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      return {
        description: oneLine(finding.hint === null ? finding.message : `${finding.message} ${finding.hint}`),
        check_name: finding.rule,
        fingerprint: createHash('sha256').update(`${key}${nth}`).digest('hex'),
        severity: severities[finding.severity],
        location: { path: subject.ref, lines: { begin: finding.place?.start.line ?? 1 } },
      };
    }),
  );
  return `${JSON.stringify(issues, null, 2)}\n`;
}
