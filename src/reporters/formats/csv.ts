import type { Finding } from '../../model/finding.ts';
import type { SubjectRecord } from '../../model/record.ts';
import type { SourceFailure, SubjectReport } from '../../model/report.ts';
import { isWhole } from '../../records/record.ts';
import { defineReporter } from '../reporter.ts';

type Column = [title: string, value: (subject: SubjectReport) => Cell];
type Cell = string | number | null | undefined;

const ofRecord =
  (value: (record: SubjectRecord) => Cell) =>
  ({ record }: SubjectReport): Cell =>
    isWhole(record) ? value(record) : null;

const subjectColumns: Column[] = [
  ['ref', ({ ref }) => ref],
  ['url', ({ url }) => url],
  ['title', ({ title }) => title],
  ['kind', ({ kind }) => kind],
  ['state', ({ state }) => state],
  ['result', ({ status }) => status],
  ['quarter', ({ record }) => record?.quarter],
  ['number', ofRecord(({ number }) => number)],
  ['reference', ofRecord(({ reference }) => reference)],
  ['assignees', ofRecord(({ assignees }) => assignees.join(' '))],
  ['due', ofRecord(({ dueDate }) => dueDate)],
  ['status', ofRecord(({ status }) => status.claimed)],
  ['week', ofRecord(({ status }) => status.week)],
  ['claimed percent', ofRecord(({ progress }) => progress.claimed)],
  ['milestones percent', ofRecord(({ progress }) => progress.milestones)],
  ['expected percent', ofRecord(({ progress }) => progress.expected)],
  ['error', ({ error }) => error],
];

const findingColumns: [title: string, value: (finding: Finding) => Cell][] = [
  ['rule', ({ rule }) => rule],
  ['severity', ({ severity }) => severity],
  ['message', ({ message }) => message],
  ['hint', ({ hint }) => hint],
  ['people', ({ people }) => people.join(' ')],
  ['line', ({ place }) => place?.start.line],
  ['waived until', ({ waived }) => (waived === undefined ? null : (waived.until ?? 'without end'))],
];

/**
 * A line for each finding, one for each subject without any, and one for whatever could not be read; the first line
 * names the columns.
 */
export const csv = defineReporter({
  name: 'csv',
  description: 'a table for spreadsheets, a line for each finding',
  of: ['issues', 'files'],
  file: 'findings.csv',
  open: () => ({
    begin: () => line([...subjectColumns, ...findingColumns].map(([title]) => title)),
    subject(subject) {
      const head = subjectColumns.map(([, value]) => bounded(value(subject), maxRepeated));
      const findings: (Finding | null)[] = subject.findings.length === 0 ? [null] : subject.findings;
      return findings
        .map((finding) =>
          line([
            ...head,
            ...findingColumns.map(([, value]) =>
              finding === null ? null : bounded(value(finding), maxCell),
            ),
          ]),
        )
        .join('');
    },
    end: ({ failures, incomplete = [] }) =>
      [...incomplete.map((message) => ({ source: '', message })), ...failures].map(unread).join(''),
  }),
});

/** What a cell of a spreadsheet holds; and less of what is said again in each line of an issue. */
const maxCell = 32_000;
const maxRepeated = 1_000;

function bounded(value: Cell, most: number): Cell {
  return typeof value === 'string' && value.length > most ? `${value.slice(0, most - 1)}…` : value;
}

/** What is missing from the table, so that it does not look complete: as a subject that could not be read. */
function unread({ source, message }: SourceFailure): string {
  const known: Record<string, Cell> = { ref: source, result: 'error', error: bounded(message, maxRepeated) };
  return line([...subjectColumns, ...findingColumns].map(([title]) => known[title]));
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\n`;
}

/**
 * Text on one line. What a spreadsheet would take for a formula (`=`, `+`, `-`, `@`, also in full width, also after
 * blanks) gets an apostrophe before it, as OWASP advises.
 */
function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = value
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cc}|\p{Surrogate}|(?![\u200c\u200d])\p{Cf}/gu, '')
    .trim();
  const safe = /^[\u200c\u200d]*[=+\-@|%＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",;']|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
