import { Command, Option } from 'commander';
import { isFolder } from '../files/paths.ts';
import type { DocumentKind } from '../model/document.ts';
import { UsageError } from '../model/errors.ts';
import type { Severity } from '../model/finding.ts';
import type { Policy } from '../model/rule.ts';
import { formatsOf, reporterOf } from '../reporters/registry.ts';
import { render } from '../reporters/reporter.ts';
import { oneLine } from '../reporters/terminal.ts';
import type { LookUp } from '../usecases/plans/lint-folder.ts';
import { itemLookUp } from '../usecases/plans/look-up.ts';
import { lintReport } from '../usecases/run/totals.ts';
import { type CliContext, clockOf, gitlabUrlOf, requirePolicy } from './context.ts';
import { createDocuments } from './documents.ts';
import { reaches } from './exit-code.ts';
import { check, checkNamed, type LintTools } from './lint-files.ts';
import { type CheckedFile, fixFiles } from './lint-fix.ts';
import { kindOption } from './options.ts';
import { renderContext } from './output.ts';

interface LintOptions {
  kind?: DocumentKind;
  title?: string;
  now?: string;
  rules?: string;
  format: string;
  failOn: Severity | 'never';
  fix?: boolean;
  online?: boolean;
  comment?: boolean;
  base?: string;
  gitlabUrl?: string;
}

/** `kr-hygiene lint`: check Markdown files without a GitLab. */
export function lintCommand(context: CliContext): Command {
  return new Command('lint')
    .argument('[files or folders...]', 'Markdown files, folders of them; - is standard input')
    .addOption(kindOption('what kind of text it is (default: kr)'))
    .option('--title <title>', "the issue's title (wins over front matter)")
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z')
    .option('--rules <dir>', 'folder with your rule files')
    .addOption(
      new Option('--format <format>', 'how to print findings').choices(formatsOf('files')).default('stylish'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--online', 'also ask GitLab about the epics and issues of a folder of plans')
    .option(
      '--base <commit>',
      'compare the steps of plans with this commit (default: that of the merge request)',
    )
    .option('--comment', 'keep one comment about the findings on the merge request (in its pipeline)')
    .option('--gitlab-url <url>', 'the GitLab to ask (default: CI_SERVER_URL)')
    .option('--fix', 'take leftover instructions of the template out of the files')
    .addHelpText(
      'after',
      `
Front matter may stand in for the issue; rules that need what is not there are
skipped, and said so:
  ---
  title: FY27 Q4 KR1 (Key Care) Rotate all keys
  due_date: 2027-01-22
  assignees: [ann]
  ---

--fix deletes the instructions of the template that were left in the text,
where nothing else is on their lines, and names each place on stderr, those too
that it left because the rest would be read differently without them; all else
needs a person. A file that cannot be read does not keep the others from
being checked (exit code 2), but then nothing is fixed.

A folder stands for all Markdown files in it. With --kind plan it is read as a
whole: each page must have a row in the index and each row a page, no two
plans share an epic, and links to files and headings lead somewhere. What was
not checked is listed on stderr. Symbolic links are not followed. --online needs
a token in KR_HYGIENE_TOKEN (scope read_api); an epic that cannot be read is
reported as info and changes no exit code.

--comment keeps one comment on the merge request whose pipeline runs: none while
there is nothing to say, then edited in place. It needs a token with scope api.

Examples:
  $ kr-hygiene lint kr.md
  $ kr-hygiene lint --kind plan content/handbook/security/planning
  $ kr-hygiene lint --kind plan --online content/handbook/security/planning
  $ kr-hygiene lint --fix krs/*.md
  $ kr-hygiene lint --format json --title "FY27 Q4 KR1 (Key Care) …" - < kr.md`,
    )
    .action((files: string[], options: LintOptions) => lintAction(context, files, options));
}

async function lintAction(
  context: CliContext,
  named: readonly string[],
  options: LintOptions,
): Promise<void> {
  const { io } = context;
  if (named.length === 0)
    throw new UsageError('Nothing to check. Name Markdown files or folders, or - for standard input.');
  if (options.fix === true && named.includes('-'))
    throw new UsageError('--fix changes files; standard input is not a file. Name the file instead.');
  const { now, policy } = clockOf(options.now, await requirePolicy(context, options.rules));
  const tools: LintTools = {
    policy,
    documents: createDocuments(policy),
    now,
    io,
    env: context.env,
    kind: options.kind,
    title: options.title,
    lookUp: options.online === true ? await lookUpOf(context, policy, options) : null,
    base: options.base ?? null,
  };
  if (options.online === true && !named.some(isFolder))
    throw new UsageError('--online is about a folder of plans. Name a folder.');
  // What talks to GitLab is loaded only for those who ask for it.
  const onRequest = options.comment === true ? await import('./lint-comment.ts') : null;
  onRequest?.mergeRequestOf(context.env);
  // All are read before the first is changed: a name that is wrong must not leave half the work done.
  let result = await checkNamed(named, tools);
  const bad = result.checked.flatMap(({ subject }) => subject.error ?? []);
  for (const error of bad) io.stderr(`${error}\n`);
  const fixed = options.fix === true ? await fix(result.checked, bad.length, tools) : 'whole';
  // What was changed in one page of a folder may change what is said of another.
  if (options.fix === true && result.folders.length > 0) result = await checkNamed(named, tools);
  for (const note of result.notes) io.stderr(`${oneLine(note)}\n`);
  const subjects = result.checked.map(({ subject }) => subject);
  const report = lintReport(subjects, { now: tools.now, warnings: result.notes });
  io.stdout(render(reporterOf(options.format), report, renderContext(context)));
  const kept =
    onRequest === null || (await onRequest.keepLintComment(context, policy, subjects, { ...options, now }));
  if (bad.length > 0 || fixed === 'refused') context.exitCode = 2;
  else if (!kept || fixed === 'partly') context.exitCode = 3;
  else if (
    subjects.some(({ findings }) => findings.some(({ severity }) => reaches(severity, options.failOn)))
  )
    context.exitCode = 1;
}

/**
 * Fixes what can be fixed, and says so on stderr.
 * @returns `refused`: no file was changed, as one cannot be read or written; `partly`: one was left, the rest is done
 */
async function fix(
  checked: CheckedFile[],
  bad: number,
  tools: LintTools,
): Promise<'whole' | 'partly' | 'refused'> {
  const say = (line: string) => tools.io.stderr(`${line}\n`);
  if (bad > 0) {
    say('Nothing was fixed: fix the errors above first.');
    return 'refused';
  }
  try {
    const recheck = async (text: string, file: string) => (await check(text, file, tools)).subject;
    return (await fixFiles(checked, recheck, say)) ? 'whole' : 'partly';
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    return 'refused';
  }
}

/** Asks GitLab about epics and issues; `&12` is of the group that holds the project of the job. */
async function lookUpOf(context: CliContext, policy: Policy, options: LintOptions): Promise<LookUp> {
  if (options.kind !== 'plan')
    throw new UsageError('--online asks about the epics of plans. Give it with --kind plan and a folder.');
  const url = gitlabUrlOf(options, context.environment);
  const { openGateway } = await import('./gateway.ts');
  const { planItems } = openGateway(context, policy, url);
  const path = context.env['CI_PROJECT_NAMESPACE'] ?? '';
  return itemLookUp({
    reader: planItems,
    gitlabUrl: url,
    group: path === '' ? null : path,
    concurrency: policy.settings.limits.concurrency,
  });
}
