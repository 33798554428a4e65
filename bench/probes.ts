/**
 * How often the reader is confident and wrong: `npx tsx bench/probes.ts [--misses] [--field dri] [file]`.
 * A probe is one short text, one field, and all answers a careful colleague would accept.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { builtInRulesDir } from '../src/config/built-in.ts';
import { loadPolicy } from '../src/config/load-policy.ts';
import { createReader } from '../src/parse/reader.ts';
import { judgeProbes, readProbes, type Verdict } from './score/probes.ts';

const { values, positionals } = parseArgs({
  options: { misses: { type: 'boolean', default: false }, field: { type: 'string' } },
  allowPositionals: true,
});
const own = path.resolve(import.meta.dirname, '../test/fixtures/probes/probes.jsonl');
const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('the built-in rules do not load');
const { grammar, calendar } = loaded.policy.settings;
const probes = readProbes(positionals[0] ?? own).filter(
  ({ field }) => values.field === undefined || field === values.field,
);
const results = judgeProbes(createReader(grammar, calendar), probes);
const verdicts: readonly Verdict[] = ['right', 'hesitated', 'refused', 'misread'];

if (values.misses) {
  for (const { probe, verdict, got } of results) {
    if (verdict === 'right') continue;
    const { id, field, text, title, accept } = probe;
    const asked = field === 'title' ? title : text;
    process.stdout.write(
      `${verdict.padEnd(9)} ${field} ${id}\n    ${JSON.stringify(asked)}\n    accepted ${JSON.stringify(accept)}, got ${JSON.stringify(got)}\n`,
    );
  }
}
const row = (name: string, counts: readonly (string | number)[]): string =>
  `${name.padEnd(10)}${counts.map((count) => String(count).padStart(11)).join('')}\n`;
process.stdout.write(row('', [...verdicts, 'all']));
for (const field of [...new Set(probes.map((probe) => probe.field)), null]) {
  const of = results.filter(({ probe }) => field === null || probe.field === field);
  const counts = verdicts.map((one) => of.filter(({ verdict }) => verdict === one).length);
  process.stdout.write(row(field ?? 'all', [...counts, of.length]));
}
process.exitCode = results.some(({ verdict }) => verdict === 'misread') ? 1 : 0;
