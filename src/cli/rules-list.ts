import Table from 'cli-table3';
import pc from 'picocolors';
import type { RuleEntry } from '../config/rule-entries.ts';
import { documentKinds } from '../model/document.ts';
import type { Io } from './io.ts';

/** The rules as a table: what is on, and which line decided it. */
export function listRules(entries: readonly RuleEntry[], io: Pick<Io, 'color' | 'columns'>): string {
  const colors = pc.createColors(io.color);
  const paint = { off: colors.dim, info: colors.cyan, warning: colors.yellow, error: colors.red };
  const table = new Table({
    head: ['rule', 'severity', 'decided by', 'limited to'],
    style: io.color ? { head: ['bold'], border: ['dim'] } : { head: [], border: [] },
    wordWrap: true,
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const kind of documentKinds) {
    const rows = entries.filter((entry) => entry.kind === kind);
    if (rows.length === 0) continue;
    table.push([{ colSpan: 4, content: colors.bold(kind) }]);
    for (const entry of rows) {
      const { decidedAt } = entry;
      const where = decidedAt === null ? 'no file mentions it' : `${decidedAt.file}:${decidedAt.line}`;
      const name =
        entry.origin === 'custom'
          ? `${entry.id} (your own)`
          : entry.origin === 'set-rule'
            ? `${entry.id} (all KRs)`
            : entry.id;
      table.push([
        entry.severity === 'off' ? colors.dim(name) : name,
        paint[entry.severity](entry.severity),
        where,
        limits(entry),
      ]);
    }
  }
  const on = entries.filter((entry) => entry.severity !== 'off').length;
  return `${table.toString()}\n${on} of ${entries.length} rules are on.\n`;
}

/** What keeps a rule from applying everywhere, in a few words. */
function limits({ only, except, grace }: RuleEntry): string {
  const parts: string[] = [];
  if (only) parts.push(`only ${words(only)}`);
  if (except) parts.push(`not ${words(except)}`);
  if (grace?.['new-issues']) parts.push(`${grace['new-issues']} days grace for new issues`);
  if (grace?.['quarter-start']) parts.push(`${grace['quarter-start']} days grace in a quarter`);
  return parts.join('\n');
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
