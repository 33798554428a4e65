import path from 'node:path';
import { Command } from 'commander';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import { formatsOf, reporterOf } from '../reporters/registry.ts';
import { render } from '../reporters/reporter.ts';
import { quoted } from '../text/visible.ts';
import type { CliContext } from './context.ts';
import { renderContext } from './output.ts';
import { readReportFile } from './report-input.ts';

interface ReportOptions {
  format: string;
  output?: string;
}

/** `kr-hygiene report`: a report in another form. */
export function reportCommand(context: CliContext): Command {
  const formats = formatsOf('issues');
  return new Command('report')
    .argument('<report>', 'a report.json; - is standard input')
    .option('--format <formats>', `what to print: ${formats.join(', ')}`, 'text')
    .option('--output <dir>', 'write files there instead; then --format may name several, with commas')
    .addHelpText(
      'after',
      `
Examples:
  $ kr-hygiene report report/report.json --format junit > junit.xml
  $ kr-hygiene report report/report.json --format openmetrics,csv --output public`,
    )
    .action((file: string, options: ReportOptions) => reportAction(context, file, options));
}

async function reportAction(context: CliContext, file: string, options: ReportOptions): Promise<void> {
  const names = namesOf(options.format);
  if (names.length > 1 && options.output === undefined) {
    throw new UsageError(
      `--format names ${names.length} formats, which would run into one another on standard output. Name one, or give --output <dir> to write a file for each.`,
    );
  }
  const report = await readReportFile(file, context.io);
  const look = renderContext(context);
  for (const name of names) {
    const reporter = reporterOf(name);
    if (options.output === undefined) {
      context.io.stdout(render(reporter, report, look));
      continue;
    }
    const target = path.join(options.output, reporter.file);
    await writeWhole(target, render(reporter, report, { ...look, color: false }), { from: '--output' });
    context.log.info({ file: target }, 'written');
  }
}

/** @throws UsageError for a format that is not there */
function namesOf(list: string): string[] {
  const formats = formatsOf('issues');
  const names = [...new Set(list.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  const unknown = names.find((name) => !formats.includes(name));
  if (unknown !== undefined || names.length === 0) {
    throw new UsageError(
      `--format is ${quoted(list)}${unknown === undefined ? '' : `, and there is no format ${quoted(unknown)}`}. Choose from ${formats.join(', ')}.`,
    );
  }
  return names;
}
