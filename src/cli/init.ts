import path from 'node:path';
import { Command } from 'commander';
import { isMap, parseDocument } from 'yaml';
import { nameIsTaken } from '../files/paths.ts';
import { readNamed } from '../files/read.ts';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import { quoted, visible } from '../text/visible.ts';
import type { CliContext } from './context.ts';
import { parseGitlabUrl } from './environment.ts';
import { initPlans, writeStarters } from './init-plans.ts';
import { type StarterSource, starterFiles } from './starter-files.ts';
import { includeLines, pipelineFile } from './starter-pipeline.ts';

interface InitOptions {
  from?: string;
  plans?: string | true;
}

/** `kr-hygiene init`: starter files for a team's own repository. Nothing that exists is changed but by adding to it. */
export function initCommand(context: CliContext): Command {
  return new Command('init')
    .argument('[dir]', 'where to', '.')
    .option('--from <url>', 'address of the group that holds your KRs: fills in where to look')
    .option('--plans [folder]', 'instead of rule files: an index, a template and jobs for a folder of plans')
    .addHelpText(
      'after',
      `
Writes rules/ and ${pipelineFile}, and includes the latter in
.gitlab-ci.yml. What exists is kept as it is.

Examples:
  $ kr-hygiene init
  $ kr-hygiene init --from https://gitlab.example.com/my-group/security
  $ kr-hygiene init --plans content/handbook/security/planning`,
    )
    .action((dir: string, options: InitOptions) =>
      options.plans === undefined
        ? initAction(context, dir, options)
        : initPlans(context, dir, options.plans),
    );
}

async function initAction(context: CliContext, dir: string, options: InitOptions): Promise<void> {
  const { io } = context;
  const from = options.from === undefined ? null : parseFrom(options.from);
  await writeStarters(await starterFiles(from?.source ?? null), dir, io);
  io.stdout(await includePipeline(path.join(dir, '.gitlab-ci.yml')));
  const gitlab = from === null ? '' : ` --gitlab-url ${from.url}`;
  const first =
    from === null
      ? '1. name your projects or groups in rules/policy.yml'
      : '1. look through rules/policy.yml';
  io.stdout(`
Next:
  ${first}, then: kr-hygiene rules check
  2. look, with a token of scope read_api in KR_HYGIENE_TOKEN:
       kr-hygiene doctor${gitlab}
       kr-hygiene run${gitlab}
  3. the package, the token and the schedule, as the head of
     ${pipelineFile} says; --apply when the first night looked right
`);
}

/** @throws UsageError for what is not the address of a group */
function parseFrom(text: string): { url: string; source: StarterSource } {
  const address = parseGitlabUrl(text, '--from');
  const { origin, pathname } = new URL(address);
  const group = pathname.replace(/^\/(groups\/)?/, '').replace(/\/-\/.*$/, '');
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(group)) {
    throw new UsageError(
      `--from is ${quoted(text)}. Give the address of the group that holds your KRs, as https://gitlab.example.com/my-group/security.`,
    );
  }
  return { url: origin, source: { group } };
}

/** Includes the pipeline where that takes nothing but an addition; else says what to add. @returns a line for people */
async function includePipeline(file: string): Promise<string> {
  const shown = visible(file);
  if (!(await nameIsTaken(file))) {
    await writeWhole(file, includeLines, { isNew: true });
    return `wrote ${shown}\n`;
  }
  const text = await readNamed(file);
  if (text.includes(pipelineFile)) return `kept  ${shown}, which includes it already\n`;
  const document = parseDocument(text, { logLevel: 'silent' });
  const isPlain = document.errors.length === 0 && isMap(document.contents) && !document.has('include');
  if (isPlain && !/^(---|\.\.\.)/m.test(text)) {
    const gap = text.endsWith('\n') ? '\n' : '\n\n';
    await writeWhole(file, `${text}${gap}${includeLines}`);
    return `added to ${shown}: include ${pipelineFile}\n`;
  }
  return `kept  ${shown}. Add to its \`include:\`\n  - local: ${pipelineFile}\n`;
}
