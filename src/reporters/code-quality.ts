import { createHash } from 'node:crypto';
import type { Severity } from '../model/finding.ts';
import type { SubjectReport } from '../model/report.ts';
import { oneLine } from './terminal.ts';

const severities: Record<Severity, string> = { error: 'major', warning: 'minor', info: 'info' };

/**
 * Findings of files as GitLab's Code Quality report (FACTS §16): merge requests show them at their lines.
 * @param pathOf the path of a subject's file, relative to the root of the project
 */
export function codeQuality(subjects: readonly SubjectReport[], pathOf: (ref: string) => string): string {
  const seen = new Map<string, number>();
  const issues = subjects.flatMap((subject) => {
    const path = pathOf(subject.ref);
    return subject.findings.map((finding) => {
      const key = JSON.stringify([path, finding.rule, finding.messageId, finding.message]);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      return {
        description: oneLine(finding.hint === null ? finding.message : `${finding.message} ${finding.hint}`),
        check_name: finding.rule,
        fingerprint: createHash('sha256').update(`${key}${nth}`).digest('hex'),
        severity: severities[finding.severity],
        location: { path, lines: { begin: finding.place?.start.line ?? 1 } },
      };
    });
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
