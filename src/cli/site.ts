import path from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../model/errors.ts';
import type { Report } from '../records/read-report.ts';
import { reporterOf } from '../reporters/registry.ts';
import { render } from '../reporters/reporter.ts';
import { buildSite, LeakError } from '../site/build.tsx';
import { visible } from '../text/visible.ts';
import type { CliContext } from './context.ts';
import { renderContext } from './output.ts';
import { readReportFile } from './report-input.ts';
import { writeSite } from './site-files.ts';

interface SiteOptions {
  output: string;
}

/** `kr-hygiene site`: the dashboard of a report, as files. */
export function siteCommand(context: CliContext): Command {
  return new Command('site')
    .argument('<report>', 'a report.json; - is standard input')
    .requiredOption('--output <dir>', 'where the pages go')
    .addHelpText(
      'after',
      `
Writes index.html (the current quarter), a folder for each quarter, frames for
other pages (embed/), pictures (current.svg, previous.svg), data.json and
metrics.txt. Confidential KRs are counted, never named.

Examples:
  $ kr-hygiene site report/report.json --output public`,
    )
    .action(async (file: string, { output }: SiteOptions) => {
      const report = await readReportFile(file, context.io);
      const written = await makeSite(context, report, output);
      context.io.stdout(`${visible(path.join(output, 'index.html'))}\n`);
      context.log.info({ files: written }, 'dashboard written');
    });
}

/** Builds and writes the dashboard. @returns how many files */
export function makeSite(context: CliContext, report: Report, dir: string): Promise<number> {
  const metrics = render(reporterOf('openmetrics'), report, { ...renderContext(context), color: false });
  try {
    const files = buildSite(report, metrics);
    for (const [name, content] of files) files.set(name, context.io.safe(content));
    return writeSite(files, dir);
  } catch (error) {
    if (error instanceof LeakError) throw new UsageError(error.message);
    throw error;
  }
}
