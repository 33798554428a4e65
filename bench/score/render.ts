import type { Leaf } from './compare.ts';
import type { FieldScore, Score, TextResult } from './tally.ts';

/** The score of one folder as text: field by field, then every miss, then the sums. */
export function render(
  { folder, results, score }: { folder: string; results: TextResult[]; score: Score },
  minimum: number,
): string {
  const kinds = [...new Set(score.fields.map((field) => field.kind))];
  const lines = [`# ${folder}`, ''];
  for (const kind of kinds) {
    lines.push(`${kind.padEnd(36)} accuracy  precision  recall   right/all`);
    lines.push(...score.fields.filter((field) => field.kind === kind).map(fieldLine), '');
  }
  for (const { file, leaves } of results)
    lines.push(...leaves.filter((leaf) => !leaf.ok).map((leaf) => missLine(file, leaf)));
  lines.push(
    '',
    `texts         ${score.texts}, wholly right ${score.textsRight}`,
    `by kind       ${shares(score.byKind)}`,
    `by level      ${shares(score.byLevel)}`,
    `overall       ${share(score.accuracy)} (at least ${share(minimum)})`,
    `template      ${share(score.template)} (at least 1.0000)`,
    '',
  );
  return lines.join('\n');
}

function fieldLine({ field, accuracy, precision, recall, right, total }: FieldScore): string {
  const cells = [share(accuracy), share(precision), share(recall)].map((cell) => cell.padEnd(10));
  return `  ${field.padEnd(34)} ${cells.join(' ')}${right}/${total}`;
}

function missLine(file: string, { path, expected, got }: Leaf): string {
  return `MISS ${file}  ${path}  expected ${short(expected)}  got ${short(got)}`;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function share(value: number | null): string {
  return value === null ? '-' : value.toFixed(4);
}

function shares(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${share(value)}`)
    .join(', ');
}
