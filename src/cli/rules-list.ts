import Table from 'cli-table3';
import pc from 'picocolors';
import type { RuleEntry } from '../config/rule-entries.ts';
import { documentKinds, kinds } from '../kinds/index.ts';
import { type DocumentKind, mainKind } from '../model/document.ts';
import { visible } from '../text/visible.ts';
import { notAskedWords } from '../usecases/check-templates.ts';
import type { Io } from './io.ts';
import type { Met } from './rules-met.ts';

/** A rule as it is listed. */
export interface ListedRule extends RuleEntry {
  /** On, but the template has no section or field that it asks for. */
  notAsked?: boolean;
  /** The commands that evaluate it. */
  usedIn: UsedIn[];
  /** By a report: how many texts of its kind were met, and what it found in them; left out: no report was named. */
  met?: { texts: number; findings: number };
}

export type UsedIn = 'run' | 'lint';

/**
 * Which commands evaluate a rule: a run sees KRs, OKRs where the policy says which they are, and the updates in their
 * comments; lint sees single texts, and folders of plans.
 */
export function usedIn(
  { kind, origin }: Pick<RuleEntry, 'kind' | 'origin'>,
  { needsPast, hasOkrs }: { needsPast: boolean; hasOkrs: boolean },
): UsedIn[] {
  const isMet =
    kind === mainKind ||
    kind === kinds[mainKind].comments ||
    (hasOkrs && (kind === 'okr' || kind === kinds.okr.comments));
  if (origin === 'set-rule') return ['run'];
  if (needsPast) return isMet ? ['run'] : [];
  return origin !== 'folder-rule' && isMet ? ['run', 'lint'] : ['lint'];
}

/** No lines, two blanks between columns: fits a narrow terminal and can be cut with other tools. */
const plainTable = {
  chars: Object.fromEntries([
    ['middle', ''],
    ...['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) => [
      [side, ''],
      ...['mid', 'left', 'right'].map((corner) => [`${side}-${corner}`, '']),
    ]),
  ]),
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
};

/** The rules, kind by kind: what is on, which line decided it, and where it does not apply. */
export function listRules(
  entries: readonly ListedRule[],
  io: Pick<Io, 'color' | 'columns'>,
  met: Met | null = null,
): string {
  const colors = pc.createColors(io.color);
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...entries.map((entry) => (cells(entry)[column] ?? '').length + 2)),
  );
  const tables = documentKinds.flatMap((kind) => {
    const rows = entries.filter((entry) => entry.kind === kind);
    if (rows.length === 0) return [];
    const table = new Table({ ...plainTable, colWidths: widths });
    for (const entry of rows) {
      table.push(painted(entry, colors));
      // On a line of its own: next to the place it would be cut in the middle of a word.
      for (const note of [...elsewhere(entry, usual(rows)), ...limits(entry)])
        table.push([{ colSpan: 3, content: `  ${colors.dim(visible(note))}` }]);
    }
    const where = [usual(rows).join(' and '), ...(met === null ? [] : [metWords(kind, met)])].join('; ');
    const heading = `${colors.bold(kind)}${colors.dim(` (${where})`)}`;
    return [`${heading}\n${withoutTrailingBlanks(table.toString())}\n`];
  });
  const on = entries.filter((entry) => entry.severity !== 'off').length;
  const silent = entries.filter((entry) => entry.notAsked === true).length;
  const but = silent === 0 ? '' : ` ${silent} of them ${silent === 1 ? 'is' : 'are'} ${notAskedWords}.`;
  return `${tables.join('\n')}\n${on} of ${entries.length} rules are on.${but}\n`;
}

/** Where most rules of a kind are used, as its heading says it. */
function usual(rows: readonly ListedRule[]): UsedIn[] {
  return (['run', 'lint'] as const).filter((command) =>
    rows.some((entry) => entry.origin !== 'set-rule' && entry.usedIn.includes(command)),
  );
}

/** `none was met on 2026-11-23`, `12 were met on 2026-11-23` */
function metWords(kind: DocumentKind, { texts, on }: Met): string {
  const count = texts.get(kind) ?? 0;
  if (count === 0) return `none was met on ${on}`;
  return `${count} ${count === 1 ? 'was' : 'were'} met on ${on}`;
}

/** Said of a rule only where it differs from its kind; rules over all KRs say so by their name. */
function elsewhere({ usedIn: commands, origin }: ListedRule, heading: readonly UsedIn[]): string[] {
  if (origin === 'set-rule' || origin === 'folder-rule' || commands.length === heading.length) return [];
  if (commands.length === 0) return ['nowhere: `okrs` in policy.yml says which issues these are'];
  return [`in ${commands.join(' and ')} only`];
}

const originWords: Record<RuleEntry['origin'], string> = {
  rule: '',
  'set-rule': ' (all KRs)',
  'folder-rule': ' (whole folder)',
  custom: ' (your own)',
};

function cells(entry: ListedRule): string[] {
  const { decidedAt, origin, id, severity } = entry;
  const kindOfRule = originWords[origin];
  const where = decidedAt === null ? 'no file mentions it' : `${visible(decidedAt.file)}:${decidedAt.line}`;
  return [`${id}${kindOfRule}`, severity, where];
}

function painted(entry: ListedRule, colors: ReturnType<typeof pc.createColors>): string[] {
  const paint = { off: colors.dim, info: colors.cyan, warning: colors.yellow, error: colors.red };
  const [name = '', severity = '', ...rest] = cells(entry);
  const quiet = entry.severity === 'off';
  return [quiet ? colors.dim(name) : name, paint[entry.severity](severity), ...rest];
}

function withoutTrailingBlanks(text: string): string {
  return text.replace(/ +$/gm, '');
}

/** What keeps a rule from applying everywhere, in a few words. */
function limits({ only, except, grace, notAsked, met }: ListedRule): string[] {
  const parts: string[] = notAsked === true ? [notAskedWords] : [];
  if (met !== undefined && met.findings > 0)
    parts.push(`${met.findings} ${met.findings === 1 ? 'finding' : 'findings'}`);
  if (only) parts.push(`only ${words(only)}`);
  if (except) parts.push(`not ${words(except)}`);
  if (grace?.['new-issues']) parts.push(`${grace['new-issues']} days grace for new issues`);
  if (grace?.['quarter-start']) parts.push(`${grace['quarter-start']} days grace in a quarter`);
  return parts;
}

function words(value: object): string {
  const blocks = Array.isArray(value) ? (value as object[]) : [value];
  return blocks
    .map((block) =>
      Object.entries(block)
        .map(([key, each]) => `${key} ${spoken(each)}`)
        .join(' and '),
    )
    .join(' or ');
}

function spoken(value: unknown): string {
  if (Array.isArray(value)) return value.join('|');
  return typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([key, each]) => `${key} ${String(each)}`)
        .join(', ')
    : String(value);
}
