import { Command, Option } from 'commander';
import { readNamed } from '../files/read.ts';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import type { PlanState } from '../model/plan-folder.ts';
import { renewedIndex } from '../plans/index-table.ts';
import { stateOf } from '../plans/state.ts';
import { quoted, visible } from '../text/visible.ts';
import { type CliContext, clockOf, requirePolicy } from './context.ts';
import { readPlanFolder } from './plan-folder.ts';
import { krsCommand } from './plans-krs.ts';

interface IndexOptions {
  write?: boolean;
  rules?: string;
}

/** `kr-hygiene plans …`: what belongs to a folder of Security Plans. */
export function plansCommand(context: CliContext): Command {
  return new Command('plans')
    .addCommand(indexCommand(context))
    .addCommand(listCommand(context))
    .addCommand(krsCommand(context));
}

function indexCommand(context: CliContext): Command {
  return new Command('index')
    .description(
      'Compare the table of plans in the index with the pages of a folder; --write brings it up to date.',
    )
    .argument('<folder>', 'the folder with the pages')
    .option('--write', 'rewrite the index')
    .option('--rules <dir>', 'folder with your rule files')
    .addHelpText(
      'after',
      `
The table is the one between <!-- plans:start --> and <!-- plans:end -->. Without
these marks they are put around the only table of plans; where there is no table,
one is added at the end of the page. Rows keep their place and every column but
the first; a row whose page was renamed goes on as that of the new page; rows
without a page are taken out and named; pages without a row come last. A second
run changes nothing. Exit code 1 when the table is out of date.

Examples:
  $ kr-hygiene plans index content/handbook/security/planning
  $ kr-hygiene plans index --write content/handbook/security/planning`,
    )
    .action((folder: string, options: IndexOptions) => indexAction(context, folder, options));
}

interface ListOptions {
  rules?: string;
  format: 'table' | 'json';
}

function listCommand(context: CliContext): Command {
  return new Command('list')
    .description('List the plans of a folder: the step each is at, its epic, its title.')
    .argument('<folder>', 'the folder with the pages')
    .option('--rules <dir>', 'folder with your rule files')
    .addOption(new Option('--format <format>', 'a table or JSON').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      `
The step is what the front matter says (status: draft, in review, merged, issues
created, superseded, or words that teams use for them), else derived: a draft is
a page with \`draft: true\`; everything else counts as merged.

Example:
  $ kr-hygiene plans list content/handbook/security/planning`,
    )
    .action(async (named: string, options: ListOptions) => {
      const folder = await planFolderOf(context, named, options.rules);
      const plans = folder.pages
        .filter(({ role }) => role === 'plan')
        .map((page) => ({
          file: page.file,
          title: page.title,
          item: page.item?.written ?? null,
          ...stateOf(page, folder),
        }));
      context.io.stdout(options.format === 'json' ? `${JSON.stringify(plans, null, 2)}\n` : tableOf(plans));
    });
}

interface ListedPlan {
  file: string;
  title: string;
  item: string | null;
  state: PlanState;
  from: 'written' | 'derived';
}

function tableOf(plans: readonly ListedPlan[]): string {
  const rows = plans.map(({ file, title, item, state, from }) => [
    from === 'written' ? state : `(${state})`,
    file,
    item ?? '-',
    title,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.length === 0 ? 'There is no plan in this folder.\n' : `${lines.join('\n')}\n`;
}

async function indexAction(context: CliContext, named: string, options: IndexOptions): Promise<void> {
  const { io } = context;
  const folder = await planFolderOf(context, named, options.rules);
  if (folder.index === null) {
    throw new UsageError(
      `${quoted(named)} has no index. Make a page _index.md there, or name the one it has under \`plans.index\` in policy.yml.`,
    );
  }
  const { file } = folder.index;
  const source = await readNamed(file);
  const change = renewedIndex(folder, source);
  if (typeof change === 'string') throw new UsageError(`${quoted(file)}: ${change}.`);
  const verbs =
    options.write === true ? ['added', 'changed', 'removed'] : ['to add', 'to change', 'to remove'];
  const lines = [change.added, change.changed, change.removed].flatMap((rows, index) =>
    rows.map((row) => `${verbs[index]}: ${row}`),
  );
  for (const line of lines) io.stdout(`${visible(line)}\n`);
  // A table that is put between the marks, or told apart from what is below it, has no row to name.
  if (lines.length === 0 && change.text !== source)
    io.stdout(
      'The rows are as they should be; what changes is the table around them or its comment marks.\n',
    );
  if (change.text === source) io.stdout(`${visible(file)} is up to date.\n`);
  else if (options.write === true) {
    await writeWhole(file, change.text);
    io.stdout(`wrote ${visible(file)}\n`);
  } else {
    io.stdout(`${visible(file)} is out of date; --write brings it up to date.\n`);
    context.exitCode = 1;
  }
}

/** The pages of a folder, with the policy and clock of a command that needs nothing else of them. */
async function planFolderOf(
  context: CliContext,
  named: string,
  rules: string | undefined,
): ReturnType<typeof readPlanFolder> {
  const { now, policy } = clockOf(undefined, await requirePolicy(context, rules));
  return readPlanFolder(context, named, policy, now);
}
