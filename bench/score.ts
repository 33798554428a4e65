/**
 * How well the reader reads: `npx tsx bench/score.ts [--min 0.98] [--json] [folders…]`.
 * Without folders: the practice set (when it is there) and the project's own texts. Exit code 1 when the accuracy is
 * below the minimum, or any value of a text that follows the template is misread.
 */
import { parseArgs } from 'node:util';
import { ownFolder, practiceFolder } from './helpers/texts.ts';
import { judge } from './score/judge.ts';
import { render } from './score/render.ts';
import { type Score, type TextResult, tally } from './score/tally.ts';

const { values, positionals } = parseArgs({
  options: { min: { type: 'string', default: '0.98' }, json: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const minimum = Number(values.min);
const folders =
  positionals.length > 0 ? positionals : [practiceFolder(), ownFolder].filter((folder) => folder !== null);

const sets: { folder: string; results: TextResult[]; score: Score }[] = [];
for (const folder of folders) {
  const results = await judge(folder);
  sets.push({ folder, results, score: tally(results) });
}
process.stdout.write(
  values.json ? `${JSON.stringify(sets, null, 2)}\n` : sets.map((set) => render(set, minimum)).join('\n'),
);
process.exitCode = sets.every(({ score }) => score.accuracy >= minimum && score.template === 1) ? 0 : 1;
