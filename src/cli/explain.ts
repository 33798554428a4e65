import path from 'node:path';
import { Command, Option } from 'commander';
import { issueFacts } from '../assess/issue-facts.ts';
import type { LoadSuccess } from '../config/load-policy.ts';
import { exists } from '../files/paths.ts';
import { type DocumentKind, mainKind } from '../model/document.ts';
import { UsageError } from '../model/errors.ts';
import type { Issue, User } from '../model/issue.ts';
import type { IssueFacts } from '../model/rule.ts';
import { memberLookup } from '../scan/members.ts';
import { quoted } from '../text/visible.ts';
import { type ExplainInput, explainIssue } from '../usecases/explain/explain-issue.ts';
import { ownershipIn } from '../usecases/run/note-owner.ts';
import { createPastReader } from '../usecases/run/read-past.ts';
import { type CliContext, clockOf, gitlabUrlOf, requireRules } from './context.ts';
import { createDocuments } from './documents.ts';
import { renderExplanation } from './explain-text.ts';
import { splitFrontMatter } from './front-matter.ts';
import { openGateway } from './gateway.ts';
import { readInput } from './input.ts';
import { parseIssueReference } from './issue-reference.ts';
import { kindOption, rulesOption } from './options.ts';

interface ExplainOptions {
  rules?: string;
  kind?: DocumentKind;
  now?: string;
  gitlabUrl?: string;
  format: 'text' | 'json';
}

/** `kr-hygiene explain`: everything the bot sees and would do on one issue, and why. */
export function explainCommand(context: CliContext): Command {
  return new Command('explain')
    .argument(
      '<issue or file>',
      "an issue's address, group/project#12, a Markdown file, or - for standard input",
    )
    .option(...rulesOption)
    .addOption(kindOption('for a file: what kind of text it is (default: kr)'))
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z')
    .option('--gitlab-url <url>', 'the GitLab to talk to (default: CI_SERVER_URL)')
    .addOption(new Option('--format <format>', 'text or JSON').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      `
An issue needs a token in KR_HYGIENE_TOKEN with scope read_api; a file none.

Examples:
  $ kr-hygiene explain my-group/okrs#12
  $ kr-hygiene explain kr.md`,
    )
    .action((what: string, options: ExplainOptions) => explainAction(context, what, options));
}

async function explainAction(context: CliContext, what: string, options: ExplainOptions): Promise<void> {
  const found = await requireRules(context, options.rules);
  const { now, policy } = clockOf(options.now, found.policy);
  const loaded = { ...found, policy };
  const isFile = what === '-' || exists(what);
  const input = isFile
    ? await fileInput(context, what, loaded, now, options)
    : await issueInput(context, asIssue(what), loaded, now, options);
  const explanation = await explainIssue(input);
  context.io.stdout(
    options.format === 'json'
      ? `${JSON.stringify({ version: 1, ...explanation }, null, 2)}\n`
      : renderExplanation(explanation, context.io),
  );
}

/**
 * What names no file must name an issue.
 * @throws UsageError when it looks more like a file that is not there
 */
function asIssue(what: string): string {
  const issueLike = /#\d+$|:\/\/|(?:issues|work_items)\/\d/.test(what);
  if (!issueLike && (path.extname(what) !== '' || /[/\\]/.test(what))) {
    throw new UsageError(
      `There is no file ${quoted(what)}. An issue is written as group/project#12, or as its address.`,
    );
  }
  return what;
}

async function issueInput(
  context: CliContext,
  what: string,
  loaded: LoadSuccess,
  now: string,
  options: ExplainOptions,
): Promise<ExplainInput> {
  const url = gitlabUrlOf(options, context.environment);
  const reference = parseIssueReference(what, url);
  const { reader } = openGateway(context, loaded.policy, url);
  const project = await reader.project(reference.project);
  const issue = await reader.issue(project.id, reference.iid);
  if (issue.confidential && context.env['CI'])
    throw new UsageError(
      `${issue.ref} is confidential, and more people read a job's log than such an issue. Explain it on your own machine.`,
    );
  const warn = ({ source, message }: { source: string; message: string }) =>
    context.log.warn({ source }, message);
  const members = await memberLookup(reader, warn)(project.id);
  const past = await createPastReader(reader).read(issue, members?.accessLevels, null);
  return {
    loaded,
    documents: createDocuments(loaded.policy),
    kind: mainKind,
    source: issue.description,
    facts: issueFacts(issue, members),
    issue,
    isFile: false,
    now,
    past,
    ownership: await ownershipIn(
      issue.projectId,
      { reader, user: past.bot },
      loaded.policy.settings,
      past.activity.comments,
    ),
  };
}

async function fileInput(
  context: CliContext,
  file: string,
  loaded: LoadSuccess,
  now: string,
  options: ExplainOptions,
): Promise<ExplainInput> {
  const text = await readInput(file, context.io);
  const split = splitFrontMatter(text, file);
  const kind = options.kind ?? split.kind ?? mainKind;
  return {
    loaded,
    documents: createDocuments(loaded.policy),
    kind,
    source: kind === 'plan' ? text : split.body,
    facts: split.facts,
    issue: standIn(file === '-' ? '<stdin>' : file, text, split.facts, now),
    isFile: true,
    now,
    ownership: null,
  };
}

/** The issue that a file could be the description of; what its front matter does not say is empty. */
function standIn(ref: string, description: string, facts: IssueFacts, now: string): Issue {
  const user = (username: string, id: number): User => ({ id, username, name: username });
  return {
    id: 0,
    projectId: 0,
    iid: 0,
    ref,
    url: '',
    title: facts.title ?? '',
    description,
    state: 'opened',
    labels: facts.labels ?? [],
    gitlabMilestone: facts.gitlabMilestone ?? null,
    author: user(facts.author ?? '', 0),
    assignees: (facts.assignees ?? []).map((name, index) => user(name, index + 1)),
    confidential: facts.confidential ?? false,
    discussionLocked: false,
    dueDate: facts.dueDate ?? null,
    createdAt: facts.createdAt ?? now,
    updatedAt: now,
    userNotesCount: 0,
    issueType: 'issue',
    movedToId: null,
  };
}
