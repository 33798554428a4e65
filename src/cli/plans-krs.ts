import { Command } from 'commander';
import { readNamed } from '../files/read.ts';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import { krsEndMark, krsStartMark, withCitingKrs } from '../plans/citing-krs.ts';
import { quoted, visible } from '../text/visible.ts';
import { citingKrs } from '../usecases/plans/citing-krs.ts';
import {
  type CliContext,
  clockOf,
  collect,
  gitlabUrlOf,
  requirePolicy,
  resolveSources,
  type SourceOptions,
} from './context.ts';
import { openGateway } from './gateway.ts';
import { folderPathOf, readPlanFolder } from './plan-folder.ts';

interface KrsOptions extends SourceOptions {
  write?: boolean;
  rules?: string;
  now?: string;
}

/** `kr-hygiene plans krs`: the list of KRs in each page that has a place for it. */
export function krsCommand(context: CliContext): Command {
  return new Command('krs')
    .description(
      'Compare the KRs that a plan lists with those that link to it; --write brings pages up to date.',
    )
    .argument('<folder>', 'the folder with the pages')
    .option('--write', 'rewrite the lists')
    .option('--project <id or path>', 'a project with KRs (repeatable)', collect)
    .option('--group <id or path>', 'a group with KRs, subgroups included (repeatable)', collect)
    .option('--rules <dir>', 'folder with your rule files')
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z')
    .option('--gitlab-url <url>', 'the GitLab to ask (default: CI_SERVER_URL)')
    .addHelpText(
      'after',
      `
The list is what is between ${krsStartMark} and ${krsEndMark}; a page
without these marks is left as it is, and named when a KR cites it. Listed are
the open KRs, and the closed ones of the quarters of the dashboard, that link to
the page: to its address on the site, or to its file in the repository.
Confidential ones are left out. A second run changes nothing. Exit code 1 when a
list is out of date; 3 when KRs could not be read, and then nothing is written.

Example:
  $ kr-hygiene plans krs --write --group my-group content/handbook/security/planning`,
    )
    .action((folder: string, options: KrsOptions) => krsAction(context, folder, options));
}

async function krsAction(context: CliContext, named: string, options: KrsOptions): Promise<void> {
  const { io } = context;
  const { now, policy } = clockOf(options.now, await requirePolicy(context, options.rules));
  const sources = resolveSources(options, policy, context.environment);
  const folder = await readPlanFolder(context, named, policy, now);
  const broken = folder.pages.filter(({ text }) => text.krsBlock === 'broken');
  if (broken.length > 0) {
    throw new UsageError(
      `${broken.map(({ file }) => quoted(file)).join(', ')}: the comment marks are not a pair. Put ${krsStartMark} before the list and ${krsEndMark} after it, once each.`,
    );
  }
  const { reader } = openGateway(context, policy, gitlabUrlOf(options, context.environment));
  const { byPage, failures } = await citingKrs(folder, folderPathOf(named), { sources, policy, reader }, now);
  for (const { source, message } of failures) io.stderr(`${visible(source)}: ${visible(message)}\n`);
  if (failures.length > 0) {
    io.stderr('Nothing was written: it is not known which KRs cite the plans.\n');
    context.exitCode = 3;
    return;
  }
  let changed = 0;
  for (const page of folder.pages) {
    const krs = byPage.get(page.path) ?? [];
    if (page.text.krsBlock === null) {
      if (krs.length > 0)
        io.stdout(`${visible(page.file)} has no place for the ${krs.length} that cite it\n`);
      continue;
    }
    const source = await readNamed(page.file);
    const text = withCitingKrs(source, page, krs);
    if (text === source) continue;
    changed += 1;
    if (options.write === true) await writeWhole(page.file, text);
    io.stdout(`${options.write === true ? 'wrote' : 'out of date:'} ${visible(page.file)}\n`);
  }
  if (changed === 0) io.stdout('All lists of KRs are up to date.\n');
  else if (options.write !== true) context.exitCode = 1;
}
