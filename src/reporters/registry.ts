import { codequality } from './formats/codequality.ts';
import { csv } from './formats/csv.ts';
import { json } from './formats/json.ts';
import { junit } from './formats/junit.ts';
import { markdown } from './formats/markdown.ts';
import { openmetrics } from './formats/openmetrics.ts';
import { stylish } from './formats/stylish.ts';
import { text } from './formats/text.ts';
import type { Reporter } from './reporter.ts';

/** Every form of a report: a file in `formats/`, and its line here. */
export const reporters: readonly Reporter[] = [
  text,
  stylish,
  json,
  junit,
  openmetrics,
  markdown,
  csv,
  codequality,
];

/** The names of the formats for reports of issues (`run`, `report`) or of files (`lint`). */
export function formatsOf(what: Reporter['of'][number]): string[] {
  return reporters.filter(({ of }) => of.includes(what)).map(({ name }) => name);
}

/** @throws Error for a name that commander should have refused */
export function reporterOf(name: string): Reporter {
  const reporter = reporters.find((one) => one.name === name);
  if (reporter === undefined) throw new Error(`no format "${name}"`);
  return reporter;
}
