import Table from 'cli-table3';
import type { Outcome } from '../model/action.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { RunSummary, SubjectReport } from '../model/report.ts';
import { publishable } from '../records/redact.ts';
import {
  hanging,
  type Look,
  leftOut,
  MOST_FINDINGS,
  oneLine,
  type Paint,
  painter,
  shortLine,
  wordsOf,
  wrap,
} from './terminal.ts';

/**
 * One issue as the job log shows it: what was found, and what is or would be done. Ends with a line end; a confidential
 * issue is told by its reference only.
 */
export function subjectText(subject: SubjectReport, look: Look & { mode: RunSummary['mode'] }): string {
  const paint = painter(look.color);
  const shown = publishable(subject);
  return [
    ...headLines(shown, look, paint),
    ...shown.findings.slice(0, MOST_FINDINGS).flatMap((finding) => findingLines(finding, look, paint)),
    ...moreLines(shown, paint),
    ...shown.actions.flatMap((outcome) => outcomeLines(outcome, look, paint)),
    ...restraintLines(shown, look, paint),
    ...errorLines(shown, look, paint),
    '',
  ].join('\n');
}

function headLines(subject: SubjectReport, look: Look, paint: Paint): string[] {
  const mark = {
    clean: paint.green('✔'),
    findings: paint.yellow('●'),
    skipped: paint.dim('-'),
    closed: paint.dim('✔'),
    error: paint.red('✖'),
  }[subject.status];
  const words = [...wordsOf(oneLine(subject.ref), paint.bold), ...wordsOf(shortLine(subject.title))];
  return hanging(`${mark} `, wrap(words, look.columns - 2), 2);
}

const width = 10;

function moreLines({ findings }: SubjectReport, paint: Paint): string[] {
  const more = leftOut(findings.length, MOST_FINDINGS, 'finding', 'findings');
  return more === null ? [] : [paint.dim(`${' '.repeat(width)}${more}`)];
}

function findingLines(finding: Finding, look: Look, paint: Paint): string[] {
  const words = [...wordsOf(shortLine(finding.message)), ...wordsOf(finding.rule, paint.dim)];
  const label = severityPaint(finding.severity, paint)(finding.severity.padEnd(width - 2));
  const hint = finding.hint === null ? [] : wordsOf(`→ ${shortLine(finding.hint)}`, paint.cyan);
  return [
    ...hanging(`  ${label}`, wrap(words, look.columns - width), width),
    ...wrap(hint, look.columns - width).map((line) => ' '.repeat(width) + line),
  ];
}

export function severityPaint(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, info: paint.blue }[severity];
}

const outcomeNames: Record<Outcome['outcome'], string> = {
  planned: 'would',
  waiting: 'waits for a later run:',
  applied: 'done',
  unchanged: 'as it is',
  failed: 'failed',
};

function outcomeLines({ outcome, detail }: Outcome, look: Look, paint: Paint): string[] {
  const colors = {
    planned: paint.cyan,
    applied: paint.green,
    unchanged: paint.dim,
    failed: paint.red,
    waiting: paint.dim,
  };
  const label = colors[outcome](outcomeNames[outcome].padEnd(width - 2));
  return hanging(`  ${label}`, wrap(wordsOf(shortLine(detail)), look.columns - width), width);
}

function restraintLines({ restraint }: SubjectReport, look: Look, paint: Paint): string[] {
  if (restraint === null) return [];
  const label = paint.yellow('left'.padEnd(width - 2));
  return hanging(`  ${label}`, wrap(wordsOf(shortLine(restraint)), look.columns - width), width);
}

/** A failed action tells its reason itself. */
function errorLines({ error, actions }: SubjectReport, look: Look, paint: Paint): string[] {
  if (error === null || actions.some(({ detail }) => detail === error)) return [];
  const label = paint.red('failed'.padEnd(width - 2));
  return hanging(`  ${label}`, wrap(wordsOf(shortLine(error)), look.columns - width), width);
}

/** The end of a run: totals, what could not be read, findings over several KRs, warnings. Ends with a line end. */
export function summaryText(summary: RunSummary, look: Look): string {
  const paint = painter(look.color);
  const lines = [
    ...listed(
      'Could not be read',
      summary.failures.map(({ source, message }) => `${source}: ${message}`),
      look,
      paint.red,
    ),
    ...listed(
      'Over several KRs',
      summary.setFindings.map(
        ({ severity, message, refs }) => `${severity}: ${message} (${refs.join(', ')})`,
      ),
      look,
      paint.yellow,
    ),
    ...listed('Warnings', summary.warnings, look, paint.yellow),
    totalsTable(summary, look.color),
    closingLine(summary, paint),
    '',
  ];
  return lines.join('\n');
}

/** Of failures, warnings and the like; `report.json` has them all. */
const MOST_ITEMS = 50;

function listed(
  title: string,
  items: readonly string[],
  look: Look,
  color: (text: string) => string,
): string[] {
  if (items.length === 0) return [];
  const lines = items
    .slice(0, MOST_ITEMS)
    .flatMap((item) => hanging('  - ', wrap(wordsOf(shortLine(item)), look.columns - 4), 4));
  const more = leftOut(items.length, MOST_ITEMS, 'line', 'lines');
  return [color(`${title}:`), ...lines, ...(more === null ? [] : [`  ${more}`]), ''];
}

function totalsTable({ totals, requests }: RunSummary, color: boolean): string {
  const { planned, applied, unchanged, failed } = totals.actions;
  const table = new Table({
    head: ['KRs', 'in order', 'with findings', 'skipped', 'errors'],
    colAligns: ['right', 'right', 'right', 'right', 'right'],
    style: color ? { head: ['bold'], border: ['gray'] } : { head: [], border: [] },
  });
  table.push([totals.subjects, totals.clean, totals.findings, totals.skipped, totals.errors]);
  const done = [
    ...(planned > 0 ? [`${planned} planned`] : []),
    ...(applied > 0 ? [`${applied} done`] : []),
    ...(unchanged > 0 ? [`${unchanged} as they were`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const actions = done.length === 0 ? 'nothing to do' : done.join(', ');
  const waits = requests.retried + requests.throttled;
  const retries = waits === 0 ? '' : ` (${requests.retried} repeated, ${requests.throttled} held back)`;
  return `${table.toString()}\nChanges: ${actions}. Requests: ${requests.total}${retries}.`;
}

function closingLine({ mode, totals, failures }: RunSummary, paint: Paint): string {
  const broken = failures.length + totals.errors;
  if (broken > 0 || totals.actions.failed > 0)
    return paint.red('Incomplete: see what failed above; the rest is done.');
  const left = leftWords(totals.restrained);
  if (mode === 'apply') return left === '' ? paint.green('Done.') : `Done.${left}`;
  if (totals.actions.planned > 0) return `Nothing was changed. Run with --apply to do this.${left}`;
  if (left !== '') return `--apply would change nothing.${left}`;
  return totals.findings > 0
    ? 'Every comment and label is as it should be; --apply would change nothing.'
    : paint.green('Everything is as it should be; --apply would change nothing.');
}

function leftWords(restrained: number): string {
  if (restrained === 0) return '';
  return restrained === 1
    ? ' One KR, or its comment, is left as it is: see “left” above.'
    : ` ${restrained} KRs, or their comments, are left as they are: see “left” above.`;
}
