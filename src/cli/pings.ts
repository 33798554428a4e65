import { Command } from 'commander';
import { visible } from '../text/visible.ts';
import { foreseePings } from '../usecases/foresee-pings.ts';
import { type CliContext, requirePolicy } from './context.ts';
import { wholeNumberOf } from './options.ts';
import { readReportFile } from './report-input.ts';

interface PingsOptions {
  person?: string;
  days: string;
  rules?: string;
}

/** `kr-hygiene pings`: who would be reminded when, from a report. Asks GitLab nothing. */
export function pingsCommand(context: CliContext): Command {
  return new Command('pings')
    .argument('<report>', 'a report.json; - is standard input')
    .option('--person <name>', 'only what this person would hear')
    .option('--days <n>', 'how many days to look ahead, that of the report included', '14')
    .option('--rules <dir>', 'folder with your rule files')
    .addHelpText(
      'after',
      `
What is shown comes if no one does anything until then: a fix, an answer or a
comment changes it.

Examples:
  $ kr-hygiene pings report/report.json
  $ kr-hygiene pings report/report.json --person ann --days 30`,
    )
    .action((file: string, options: PingsOptions) => pingsAction(context, file, options));
}

async function pingsAction(context: CliContext, file: string, options: PingsOptions): Promise<void> {
  const days = wholeNumberOf('--days', options.days, 366);
  const report = await readReportFile(file, context.io);
  const { settings } = await requirePolicy(context, options.rules, report.generatedAt);
  const person = options.person?.replace(/^@/, '').toLowerCase();
  const pings = foreseePings(report.subjects, settings, report.generatedAt, days).filter(
    ({ whom }) => person === undefined || whom.some((name) => name.toLowerCase() === person),
  );
  if (pings.length === 0) {
    const who = person === undefined ? 'No one' : `No one by the name of ${visible(person)}`;
    context.io.stdout(`${who} would be reminded in ${days === 1 ? 'one day' : `${days} days`}.\n`);
    return;
  }
  for (const { on, whom, ref, because } of pings) {
    const names = whom.length === 0 ? '(not told)' : whom.map((name) => `@${visible(name)}`).join(', ');
    context.io.stdout(`${on}  ${names}  ${visible(ref)}  ${visible(because)}\n`);
  }
}
