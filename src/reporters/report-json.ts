import type { Finding } from '../model/finding.ts';
import type { RunSummary, SubjectReport } from '../model/report.ts';
import { publishable } from './redact.ts';

/**
 * `report.json` (DESIGN §4) in pieces, so that no run has to hold its subjects: the header, then each subject, then
 * the footer; joined they are one JSON text. Keys are only ever added.
 */
export function reportHeader(head: Pick<RunSummary, 'mode' | 'generatedAt'>): string {
  const { mode } = head;
  const generatedAt = head.generatedAt.replace(/\.\d+Z$/, 'Z');
  return `{\n"version": 1,\n"mode": ${JSON.stringify(mode)},\n"generatedAt": ${JSON.stringify(generatedAt)},\n"subjects": [`;
}

/** One subject; what is confidential is left out. */
export function reportSubject(subject: SubjectReport, { first }: { first: boolean }): string {
  return `${first ? '\n' : ',\n'}${JSON.stringify(subjectJson(publishable(subject)))}`;
}

/** Everything that is known only at the end. */
export function reportFooter(summary: RunSummary): string {
  const { totals, requests, failures, warnings, setFindings } = summary;
  const rest = Object.entries({ totals, requests, failures, warnings, setFindings })
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n');
  return `\n],\n${rest}\n}\n`;
}

/** The whole report at once, where there are few subjects: `lint`, tests. */
export function reportJson(summary: RunSummary, subjects: readonly SubjectReport[]): string {
  const parts = subjects.map((subject, index) => reportSubject(subject, { first: index === 0 }));
  return [reportHeader(summary), ...parts, reportFooter(summary)].join('');
}

/** Keys in a fixed order, so that two reports can be compared line by line. */
function subjectJson(subject: SubjectReport): object {
  const { kind, ref, projectId, iid, url, title, confidential, status } = subject;
  const { actions, comment, skippedRules, restraint, error } = subject;
  const head = { kind, ref, projectId, iid, url, title, confidential, status };
  return {
    ...head,
    findings: subject.findings.map(findingJson),
    actions,
    error,
    comment,
    skippedRules,
    restraint,
  };
}

function findingJson(finding: Finding): object {
  const { rule, messageId, severity, message, hint, people, place, subject, url } = finding;
  return { rule, messageId, severity, message, hint, people, place, subject, url };
}
