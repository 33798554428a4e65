import type { Severity } from '../model/finding.ts';
import { groupBy } from '../model/groups.ts';
import type { RunSummary } from '../model/report.ts';
import { firstFew } from '../model/sequence.ts';
import { isIncomplete } from '../records/incomplete.ts';
import { counted } from '../text/words.ts';
import { answer, countsOf, noneSelected, requestsOf, unreadWords } from './run-answer.ts';
import type { DeedRow, FindingRow, Rows } from './run-rows.ts';
import { hanging, type Look, leftOut, type Paint, painter, shortLine, wordsOf, wrap } from './terminal.ts';

export interface TextLook extends Look {
  groupBy: 'person' | 'rule';
  /** `quiet`: the answer and what failed; `verbose`: hints as well. */
  detail: 'quiet' | 'normal' | 'verbose';
}

/** A run as people read it: the answer first, then who is asked for what, then what is done. Ends with a line end. */
export function runText(rows: Rows, summary: RunSummary, look: TextLook): string {
  const paint = painter(look.color);
  return [
    ...answer(rows.tally, summary, look, paint),
    ...failuresAndMore(summary, look, paint),
    ...(look.detail === 'quiet' ? [] : [...groups(rows, look, paint), ...leftLines(rows)]),
    ...deeds([...rows.deeds, ...digestRows(summary)], look, paint),
    // Said as the answer already.
    ...(summary.totals.subjects === 0 && unreadWords(summary) === ''
      ? []
      : [closingLine(summary, paint, look.detail !== 'quiet'), '']),
  ].join('\n');
}

/** The end of a run without its issues: for the demo, which shows comments instead. */
export function summaryText(summary: RunSummary, look: Look): string {
  const paint = painter(look.color);
  return [
    ...failuresAndMore(summary, look, paint),
    countsOf(summary),
    requestsOf(summary),
    closingLine(summary, paint, true),
    '',
  ].join('\n');
}

export function severityPaint(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, info: paint.blue }[severity];
}

const ranks = { error: 0, warning: 1, info: 2 };
const collator = new Intl.Collator('en', { numeric: true });

/** One line a finding, so that `grep` finds it with its issue; wrapped on a terminal. */
function groups({ findings, tally }: Rows, look: TextLook, paint: Paint): string[] {
  const keyOf = (row: FindingRow): string => (look.groupBy === 'person' ? row.people : row.rule);
  const byGroup = groupBy(findings, keyOf);
  const sorted = [...byGroup].sort(([a], [b]) => collator.compare(a, b));
  return sorted.flatMap(([key, rows]) => {
    const points = counted(rows.length, 'point');
    const krs = new Set(rows.map(({ ref }) => ref)).size;
    const all = tally.people.get(key);
    const more = all !== undefined && all.points > rows.length ? `, ${all.points} in all` : '';
    return [
      `${paint.bold(key)} ${paint.dim(`${points} in ${krs === 1 ? 'one KR' : `${krs} KRs`}${more}`)}`,
      ...rows
        .sort(
          (a, b) =>
            collator.compare(a.ref, b.ref) ||
            ranks[a.severity] - ranks[b.severity] ||
            collator.compare(a.rule, b.rule),
        )
        .flatMap((row) => findingLines(row, look, paint)),
      '',
    ];
  });
}

const width = 10;

function findingLines(row: FindingRow, look: TextLook, paint: Paint): string[] {
  const color = severityPaint(row.severity, paint);
  const last = look.groupBy === 'person' ? row.rule : row.people;
  const words = [
    ...wordsOf(row.ref, paint.bold),
    ...wordsOf(row.message),
    ...wordsOf(last, paint.dim),
    ...wordsOf(row.url ?? '', paint.dim),
  ];
  const hint = look.detail === 'verbose' && row.hint !== null ? wordsOf(`→ ${row.hint}`, paint.cyan) : [];
  return [
    ...hanging(`  ${color(row.severity.padEnd(width - 2))}`, wrap(words, look.columns - width), width),
    ...wrap(hint, look.columns - width).map((line) => ' '.repeat(width) + line),
  ];
}

function leftLines({ left }: Rows): string[] {
  if (left.findings === 0) return [];
  const issues = left.subjects === 0 ? '' : `${counted(left.subjects, 'more issue')} with `;
  const words = counted(left.findings, `${issues === '' ? 'more ' : ''}finding`);
  return [`… and ${issues}${words}, left out of this log: see report.json (--output).`, ''];
}

function deeds(rows: readonly DeedRow[], look: TextLook, paint: Paint): string[] {
  const shown = look.detail === 'quiet' ? rows.filter(({ label }) => label === 'failed') : rows;
  if (shown.length === 0) return [];
  const colors = {
    would: paint.cyan,
    done: paint.green,
    waits: paint.dim,
    failed: paint.red,
    left: paint.yellow,
  };
  return [
    paint.bold('What is done'),
    ...[...shown]
      .sort((a, b) => collator.compare(a.ref, b.ref))
      .flatMap(({ ref, label, text }) =>
        hanging(
          `  ${colors[label](label.padEnd(width - 2))}`,
          wrap([...wordsOf(ref, paint.bold), ...wordsOf(text)], look.columns - width),
          width,
        ),
      ),
    '',
  ];
}

const digestLabels = {
  planned: 'would',
  applied: 'done',
  unchanged: 'left',
  waiting: 'waits',
  failed: 'failed',
} as const;

/** The digest is named last, with its issue where there is one. */
function digestRows({ digest }: RunSummary): DeedRow[] {
  return (digest?.actions ?? []).map(({ outcome, detail }) => ({
    ref: digest?.ref ?? 'digest',
    label: digestLabels[outcome],
    text: shortLine(detail),
  }));
}

/** Of failures, warnings and the like; `report.json` has them all. */
const MOST_ITEMS = 50;

function failuresAndMore(summary: RunSummary, look: Look, paint: Paint): string[] {
  const listed = (
    title: string,
    items: readonly string[],
    color: (text: string) => string,
    count: number = items.length,
  ): string[] => {
    if (count === 0) return [];
    const lines = items
      .slice(0, MOST_ITEMS)
      .flatMap((item) => hanging('  - ', wrap(wordsOf(shortLine(item)), look.columns - 4), 4));
    const more = leftOut(count, MOST_ITEMS, 'line', 'lines');
    return [color(`${title}:`), ...lines, ...(more === null ? [] : [`  ${more}`]), ''];
  };
  const { failures, setFindings, warnings, incomplete = [] } = summary;
  return [
    ...listed('Missing from this report', incomplete, paint.red),
    ...listed(
      'Could not be read',
      failures.map(({ source, message }) => `${source}: ${message}`),
      paint.red,
    ),
    ...listed(
      'Over several KRs',
      firstFew(setFindings, MOST_ITEMS).map(
        ({ severity, message, refs }) => `${severity}: ${message} (${refsOf(refs)})`,
      ),
      paint.yellow,
      setFindings.length,
    ),
    ...listed('Warnings', warnings, paint.yellow),
  ];
}

/** Enough to find them by. */
function refsOf(refs: readonly string[]): string {
  const more = leftOut(refs.length, 5, 'KR', 'KRs');
  return [...refs.slice(0, 5), ...(more === null ? [] : [more])].join(', ');
}

function closingLine(summary: RunSummary, paint: Paint, isWhole: boolean): string {
  const { mode, totals, digest } = summary;
  if (isIncomplete(summary)) return paint.red('Incomplete: see what failed above; the rest is done.');
  if (totals.subjects === totals.closed) return paint.yellow(noneSelected);
  const left = leftWords(totals.restrained, isWhole);
  if (mode === 'apply') return left === '' ? paint.green('Done.') : `Done.${left}`;
  const planned = (digest?.actions ?? []).some(({ outcome }) => outcome === 'planned');
  if (totals.actions.planned > 0 || planned)
    return `Nothing was changed. Run with --apply to do this.${left}`;
  if (left !== '') return `--apply would change nothing.${left}`;
  return totals.findings > 0
    ? 'Every comment and label is as it should be; --apply would change nothing.'
    : paint.green('Everything is as it should be; --apply would change nothing.');
}

/** @param isShown whether the lines that say why are there: not with `--quiet` */
function leftWords(restrained: number, isShown: boolean): string {
  const where = isShown ? 'see “left” above' : '`run` without --quiet says why';
  if (restrained === 0) return '';
  return restrained === 1
    ? ` One KR, or its comment, is left as it is: ${where}.`
    : ` ${restrained} KRs, or their comments, are left as they are: ${where}.`;
}
