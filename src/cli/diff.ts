import { Command, Option } from 'commander';
import { builtInRulesDir } from '../config/built-in.ts';
import { isFolder } from '../files/paths.ts';
import type { Policy } from '../model/rule.ts';
import { comparePolicies, type Side } from '../usecases/diff/compare.ts';
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
import { openGateway } from './run.ts';

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
      'the rules to compare with: a Git commit, branch or tag, or another rules folder',
    )
    .option(
      '--rules <dir>',
      'folder with your rule files (default: rules/ if it has a policy.yml, else ours)',
    )
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
with scope read_api.

Examples:
  $ kr-hygiene diff --against main
  $ kr-hygiene diff --against ../other-rules --format markdown`,
    )
    .action((options: DiffOptions) => diffAction(context, options));
}

async function diffAction(context: CliContext, options: DiffOptions): Promise<void> {
  const rulesDir = resolveRulesDir(options.rules);
  const after = await requirePolicy(context, rulesDir);
  const named = isFolder(options.against);
  const before = named
    ? await requirePolicy(context, options.against)
    : await withRulesAt(options.against, rulesDir, (dir) => {
        if (dir === null)
          context.log.warn(
            `There are no rule files at ${options.against}: comparing with the preset "handbook".`,
          );
        return requirePolicy(context, dir ?? builtInRulesDir);
      });
  const { now } = clockOf(options.now, after);
  const gateway = openGateway(context, after, gitlabUrlOf(options, context.environment));
  const side = (loaded: Policy): Side => {
    const { policy } = clockOf(options.now, loaded);
    const sources = resolveSources(options, policy, context.environment);
    return { policy, documents: createDocuments(policy), sources };
  };
  const change = await comparePolicies({
    before: side(before),
    after: side(after),
    reader: gateway.reader,
    now,
  });
  for (const { source, message } of change.failures) context.log.error({ source }, message);
  const render = {
    text: () => renderText(change, context.io),
    json: () => renderJson(change),
    markdown: () => renderMarkdown(change),
  };
  context.io.stdout(render[options.format]());
  if (change.failures.length > 0) context.exitCode = 3;
}
