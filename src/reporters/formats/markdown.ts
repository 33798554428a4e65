import { dayIn } from '../../model/days.ts';
import type { Severity } from '../../model/finding.ts';
import type { ReportHead, RunSummary, SubjectReport } from '../../model/report.ts';
import { firstFew } from '../../model/sequence.ts';
import { whatIsMissing } from '../../records/incomplete.ts';
import { calendarOf } from '../../records/quarters.ts';
import { isWhole } from '../../records/record.ts';
import { type Standing, standingOf, standings } from '../../records/standing.ts';
import { asSentence, named, prose } from '../../text/markdown-escape.ts';
import { atTheEnd, defineReporter } from '../reporter.ts';

/** A comment holds a million characters; no one reads more than this. */
const maxSubjects = 20;
const maxFindings = 5;
const maxRows = 50;
const maxLines = 20;

interface Counts {
  standings: Map<string, Map<Standing | 'confidential', number>>;
  rules: Map<string, Record<Severity, number>>;
  lines: string[];
  /** Subjects with findings that are not spelled out. */
  more: number;
  /** Of the report; null: no subject was counted yet. */
  today: string | null;
}

/** A summary for a merge request or a chat: nothing in it mentions anyone, links an issue or runs a command. */
export const markdown = defineReporter({
  name: 'markdown',
  description: 'a summary in Markdown, for a merge request or a chat',
  of: ['issues', 'files'],
  file: 'summary.md',
  open() {
    const counts: Counts = { standings: new Map(), rules: new Map(), lines: [], more: 0, today: null };
    return atTheEnd(
      (subject, head) => countSubject(subject, head, counts),
      (summary) => `${summaryLines(summary, counts).join('\n')}\n`,
    );
  },
});

function countSubject(subject: SubjectReport, head: ReportHead, counts: Counts): void {
  const { record } = subject;
  if (record != null) {
    counts.today ??= dayIn(head.generatedAt, calendarOf(head).timeZone);
    const standing = isWhole(record)
      ? standingOf(record, subject.state ?? 'opened', counts.today)
      : 'confidential';
    const quarter =
      counts.standings.get(record.quarter ?? '') ?? new Map<Standing | 'confidential', number>();
    quarter.set(standing, (quarter.get(standing) ?? 0) + 1);
    counts.standings.set(record.quarter ?? '', quarter);
  }
  const open = subject.findings.filter(({ waived }) => waived === undefined);
  for (const { rule, severity } of open) {
    const known = counts.rules.get(rule) ?? { error: 0, warning: 0, info: 0 };
    known[severity] += 1;
    counts.rules.set(rule, known);
  }
  if (open.length === 0 && subject.error === null) return;
  if (counts.lines.length >= maxSubjects) counts.more += 1;
  else counts.lines.push(subjectLines(subject, open).join('\n'));
}

function subjectLines({ ref, title, error }: SubjectReport, findings: SubjectReport['findings']): string[] {
  const shown = findings
    .slice(0, maxFindings)
    .map(({ severity, rule, message }) => `  - ${severity} ${named(rule)}: ${prose(message)}`);
  return [
    `- **${named(ref)}** ${prose(title)}`.trimEnd(),
    ...(error === null ? [] : [`  - failed: ${prose(error)}`]),
    ...shown,
    ...(findings.length > maxFindings ? [`  - … and ${findings.length - maxFindings} more`] : []),
  ];
}

function summaryLines(summary: RunSummary, counts: Counts): string[] {
  const { totals, mode, generatedAt, setFindings, warnings } = summary;
  const missing = whatIsMissing(summary);
  const what = mode === 'lint' ? 'texts' : 'KRs';
  const parts = [
    `${totals.clean} in order`,
    `${totals.findings} with findings`,
    ...(totals.closed > 0 ? [`${totals.closed} closed`] : []),
    ...(totals.skipped > 0 ? [`${totals.skipped} skipped`] : []),
    ...(totals.errors > 0 ? [`${totals.errors} failed`] : []),
  ];
  const sets = firstFew(setFindings, maxLines).map(
    ({ severity, rule, message, refs }) =>
      `${severity} ${named(rule)}: ${prose(message)} (${refs
        .slice(0, maxLines)
        .map((ref) => named(ref))
        .join(', ')})`,
  );
  return [
    '### KR hygiene',
    '',
    `**${totals.subjects} ${what}**: ${parts.join(', ')}. ${changes(summary)}Data of ${timeOf(generatedAt)}.`,
    ...section('Incomplete', bullets(missing.map(asSentence))),
    ...section(null, standingTable(counts)),
    ...section(null, ruleTable(counts)),
    ...section('What to look at', [
      ...counts.lines,
      ...(counts.more === 0 ? [] : [`- … and ${counts.more} more`]),
    ]),
    ...section('Over several KRs', bullets(sets, setFindings.length)),
    ...section('Warnings', bullets(warnings.map(asSentence))),
  ];
}

function changes({ mode, totals: { actions } }: RunSummary): string {
  if (mode === 'lint') return '';
  const { planned, applied, failed, waiting } = actions;
  const parts = [
    ...(planned > 0 ? [`${planned} planned`] : []),
    ...(applied > 0 ? [`${applied} made`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return `Changes: ${parts.length === 0 ? 'none' : parts.join(', ')}. `;
}

/** `2026-11-23 09:00 UTC` */
function timeOf(instant: string): string {
  const iso = new Date(instant).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

function section(title: string | null, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return ['', ...(title === null ? [] : [`**${title}**`, '']), ...lines];
}

/** @param count how many there are; left out: all are given */
function bullets(items: readonly string[], count: number = items.length): string[] {
  const more = count > maxLines ? [`- … and ${count - maxLines} more`] : [];
  return [...items.slice(0, maxLines).map((item) => `- ${item}`), ...more];
}

function standingTable({ standings: quarters }: Counts): string[] {
  if (quarters.size === 0) return [];
  const columns = [...standings, 'confidential'] as const;
  const rows = [...quarters].sort(([a], [b]) => (a < b ? 1 : -1)).slice(0, maxRows);
  return [
    '| quarter | off track | at risk | on track | silent | closed | confidential |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...rows.map(([quarter, known]) => {
      const cells = columns.map((column) => known.get(column) ?? 0);
      return `| ${quarter === '' ? 'none' : codeCell(quarter)} | ${cells.join(' | ')} |`;
    }),
  ];
}

function ruleTable({ rules }: Counts): string[] {
  if (rules.size === 0) return [];
  const total = ({ error, warning, info }: Record<Severity, number>) => error + warning + info;
  const rows = [...rules].sort(([a, x], [b, y]) => total(y) - total(x) || (a < b ? -1 : 1));
  return [
    '| rule | errors | warnings | info |',
    '|---|--:|--:|--:|',
    ...rows
      .slice(0, maxRows)
      .map(([rule, { error, warning, info }]) => `| ${codeCell(rule)} | ${error} | ${warning} | ${info} |`),
  ];
}

/** Code in a cell of a table, which a bar would end; neither rules nor quarters have one. */
function codeCell(text: string): string {
  return named(text.replaceAll('|', '¦'));
}
