/**
 * How well the reader reads: `npx tsx bench/score.ts [--min 0.98] [--json] [folders…]`.
 * Without folders: both practice sets and the project's own texts. Exit code 1 when the accuracy is
 * below the minimum, or any value of a text that follows the template is misread; 2 when a folder is not there.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { examplesFolder, ownFolder, practiceFolder } from './helpers/texts.ts';
import { judge } from './score/judge.ts';
import { render } from './score/render.ts';
import { type Score, type TextResult, tally } from './score/tally.ts';

const { values, positionals } = parseArgs({
  options: { min: { type: 'string', default: '0.98' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const minimum = Number(values.min);
const folders = positionals.length > 0 ? positionals : [examplesFolder, practiceFolder, ownFolder];

for (const folder of folders) {
  if (existsSync(folder)) continue;
  process.stderr.write(`There is no folder ${folder}: name folders that hold NAME.md and NAME.json.\n`);
  process.exit(2);
}
const sets: { folder: string; results: TextResult[]; score: Score }[] = [];
for (const folder of folders) {
  const results = await judge(folder);
  sets.push({ folder, results, score: tally(results) });
}
process.stdout.write(
  values.json ? `${JSON.stringify(sets, null, 2)}\n` : sets.map((set) => render(set, minimum)).join('\n'),
);
process.exitCode = sets.every(({ score }) => score.accuracy >= minimum && score.template === 1) ? 0 : 1;
