import type { SetFinding } from '../model/finding.ts';
import type { ReportHead, RunSummary, SubjectReport } from '../model/report.ts';
import type { Report } from './read-report.ts';
import { publishable } from './redact.ts';
import { footerSchema, headSchema, writtenSetFinding } from './schema.ts';
import { writtenSubject } from './written.ts';

/**
 * `report.json` in pieces, so that no run has to hold its subjects: the header, then each subject, then
 * the footer; joined they are one JSON text. Keys are in the order of the schema.
 */
export function reportHeader(head: ReportHead): string {
  const generatedAt = head.generatedAt.replace(/\.\d+Z$/, 'Z');
  const lines = Object.entries({ version: 1, ...headSchema.parse({ ...head, generatedAt }) }).map(keyLine);
  return `{\n${lines.join(',\n')},\n"subjects": [`;
}

function keyLine([key, value]: [string, unknown]): string {
  return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
}

/** One subject; what is confidential is left out. */
export function reportSubject(subject: SubjectReport, { first }: { first: boolean }): string {
  return `${first ? '\n' : ',\n'}${JSON.stringify(writtenSubject(publishable(subject)))}`;
}

/** Everything that is known only at the end; findings of set rules one by one, as some name ten thousand issues. */
export function* reportFooter(summary: Omit<RunSummary, keyof ReportHead>): Generator<string> {
  const { setFindings } = summary;
  let before = '\n],\n';
  for (const [key, value] of Object.entries(footerSchema.parse({ ...summary, setFindings: [] }))) {
    yield before;
    if (key === 'setFindings') yield* arrayPieces(key, setFindings);
    else yield keyLine([key, value]);
    before = ',\n';
  }
  yield '\n}\n';
}

function* arrayPieces(key: string, findings: Iterable<SetFinding>): Generator<string> {
  let before = `${JSON.stringify(key)}: [`;
  for (const finding of findings) {
    yield `${before}${JSON.stringify(writtenSetFinding.parse(finding))}`;
    before = ',';
  }
  yield before === ',' ? ']' : `${before}]`;
}

/** The whole report at once, where there are few subjects, or it was read from a file. */
export function reportJson(summary: RunSummary, subjects: readonly SubjectReport[]): string {
  const parts = subjects.map((subject, index) => reportSubject(subject, { first: index === 0 }));
  return [reportHeader(summary), ...parts, ...reportFooter(summary)].join('');
}

/** A report that was read, written again: the same bytes, if this version wrote it. */
export function writeReport(report: Report): string {
  return reportJson(report, report.subjects);
}
