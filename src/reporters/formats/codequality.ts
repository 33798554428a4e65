import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../../model/finding.ts';
import { defineReporter } from '../reporter.ts';
import { oneLine } from '../terminal.ts';

const severities: Record<Severity, string> = { error: 'major', warning: 'minor', info: 'info' };

/** Findings of files as GitLab's Code Quality report: merge requests show them at their lines. */
export const codequality = defineReporter({
  name: 'codequality',
  description: "GitLab's Code Quality report, for merge requests",
  of: ['files'],
  file: 'gl-code-quality-report.json',
  open({ pathOf }) {
    const seen = new Map<string, number>();
    let first = true;
    const entry = (path: string, finding: Finding): string => {
      const key = JSON.stringify([path, finding.rule, finding.messageId, finding.message]);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      const issue = {
        description: oneLine(finding.hint === null ? finding.message : `${finding.message} ${finding.hint}`),
        check_name: finding.rule,
        fingerprint: createHash('sha256').update(`${key}${nth}`).digest('hex'),
        severity: severities[finding.severity],
        location: { path, lines: { begin: finding.place?.start.line ?? 1 } },
      };
      const comma = first ? '' : ',';
      first = false;
      return `${comma}\n${JSON.stringify(issue, null, 2).replace(/^/gm, '  ')}`;
    };
    return {
      begin: () => '[',
      subject: ({ ref, findings }) =>
        findings
          .filter(({ waived }) => waived === undefined)
          .map((finding) => entry(pathOf(ref), finding))
          .join(''),
      end: () => (first ? ']\n' : '\n]\n'),
    };
  },
});
