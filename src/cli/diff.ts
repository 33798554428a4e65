import { Command, Option } from 'commander';
import { builtInRulesDir } from '../config/built-in.ts';
import type { Policy } from '../model/rule.ts';
import { quoted } from '../text/visible.ts';
import { comparePolicies, type Side } from '../usecases/diff/compare.ts';
import { addedWords, knownSources } from '../usecases/diff/sources.ts';
import {
  type CliContext,
  clockOf,
  collect,
  gitlabUrlOf,
  requirePolicy,
  resolveRulesDir,
  resolveSources,
  type SourceOptions,
} from './context.ts';
import { withRulesAt } from './diff/git-rules.ts';
import { renderJson, renderMarkdown, renderText } from './diff/render.ts';
import { createDocuments } from './documents.ts';
import { openGateway } from './gateway.ts';
import { rulesOption } from './options.ts';

interface DiffOptions extends SourceOptions {
  against: string;
  rules?: string;
  now?: string;
  format: 'text' | 'json' | 'markdown';
}

/** `kr-hygiene diff`: what a change of the rules would do, and to whom. */
export function diffCommand(context: CliContext): Command {
  return new Command('diff')
    .requiredOption(
      '--against <ref or dir>',
      'the rules to compare with: a Git commit, branch or tag, or a folder (./…, ../…, /…)',
    )
    .option(...rulesOption)
    .option('--project <id or path>', 'a project to look at (repeatable)', collect)
    .option('--group <id or path>', 'a group to look at, subgroups included (repeatable)', collect)
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z')
    .option('--gitlab-url <url>', 'the GitLab to talk to (default: CI_SERVER_URL)')
    .addOption(
      new Option('--format <format>', 'text, JSON, or Markdown for a comment on the merge request')
        .choices(['text', 'json', 'markdown'])
        .default('text'),
    )
    .addHelpText(
      'after',
      `
Reads each issue once and changes nothing. Needs a token in KR_HYGIENE_TOKEN
with scope read_api. Only sources that the old rules name are read.

Examples:
  $ kr-hygiene diff --against main
  $ kr-hygiene diff --against ../other-rules --format markdown`,
    )
    .action((options: DiffOptions) => diffAction(context, options));
}

async function diffAction(context: CliContext, options: DiffOptions): Promise<void> {
  const rulesDir = resolveRulesDir(options.rules);
  const after = await requirePolicy(context, rulesDir);
  const warnings: string[] = [];
  const before = isFolderByForm(options.against)
    ? await requirePolicy(context, options.against, undefined, '--against')
    : await rulesAtRef(context, options, rulesDir, warnings);
  const { now } = clockOf(options.now, after);
  const gateway = openGateway(context, after, gitlabUrlOf(options, context.environment));
  const side = (loaded: Policy): Side => {
    const { policy } = clockOf(options.now, loaded);
    const sources = resolveSources(options, policy, context.environment);
    return { policy, documents: createDocuments(policy), sources };
  };
  const [old, wanted] = [side(before), side(after)];
  const { sources, added } = knownSources(old.sources, wanted.sources);
  const words = addedWords(added);
  if (words !== null) warnings.push(words);
  for (const warning of warnings) context.log.warn(warning);
  const compared = await comparePolicies({
    before: old,
    after: { ...wanted, sources },
    reader: gateway.reader,
    now,
  });
  const change = { ...compared, warnings: [...warnings, ...compared.warnings] };
  for (const { source, message } of change.failures) context.log.error({ source }, message);
  const render = {
    text: () => renderText(change, context.io),
    json: () => renderJson(change),
    markdown: () => renderMarkdown(change),
  };
  context.io.stdout(render[options.format]());
  if (change.failures.length > 0) context.exitCode = 3;
}

/**
 * Whether a folder is meant. Only the form decides, not what exists: in a merge request others can add folders, and one
 * named like a commit would be taken for it.
 */
function isFolderByForm(against: string): boolean {
  return /^\.{0,2}\/|^\.{1,2}$/.test(against);
}

/** The policy at a Git ref, of the folder that is meant now, even where it is no longer there. */
async function rulesAtRef(
  context: CliContext,
  { against, rules }: DiffOptions,
  rulesDir: string,
  warnings: string[],
): Promise<Policy> {
  const folder = rules ?? 'rules';
  return withRulesAt(against, folder, (dir) => {
    if (dir === null)
      warnings.push(`There are no rule files at ${quoted(against)}: comparing with the preset "handbook".`);
    else if (rules === undefined && rulesDir === builtInRulesDir)
      warnings.push(
        'There is no rules/policy.yml any more: the new rules are those of the preset "handbook".',
      );
    return requirePolicy(context, dir ?? builtInRulesDir);
  });
}
