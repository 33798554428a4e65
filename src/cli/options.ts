import { Option } from 'commander';
import { documentKinds } from '../kinds/index.ts';
import { UsageError } from '../model/errors.ts';
import { quoted } from '../text/visible.ts';

/** For commands that work without rule files of one's own. */
export const rulesOption = [
  '--rules <dir>',
  'folder with your rule files (default: rules/ if it has a policy.yml, else ours)',
] as const;

export const kindOption = (description: string): Option =>
  new Option('--kind <kind>', description).choices([...documentKinds]);

/** For commands that print no findings unless something is wrong with the run itself. */
export const failOnOption = (): Option =>
  new Option('--fail-on <severity>', 'exit 1 when there are findings of this severity or worse')
    .choices(['error', 'warning', 'info', 'never'])
    .default('never');

/** @throws UsageError for what is not a whole number from 1 to `most` */
export function wholeNumberOf(option: string, text: string, most: number): number {
  const number = Number(text.trim());
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new UsageError(`${option} is ${quoted(text)}. Give a whole number from 1 to ${most}.`);
}
