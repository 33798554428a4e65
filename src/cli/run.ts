import { Command, Option } from 'commander';
import { clearLeftovers, oldestAlive } from '../files/leftovers.ts';
import { createScratch } from '../files/scratch.ts';
import { createSpill } from '../files/spill.ts';
import { openForWriting } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import type { Severity } from '../model/finding.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueReader, IssueSource } from '../model/ports.ts';
import type { RunSummary } from '../model/report.ts';
import type { Policy } from '../model/rule.ts';
import { readerVersion } from '../parse/document-cache.ts';
import { renderCommentForTerminal } from '../reporters/comment-terminal.ts';
import { formatsOf } from '../reporters/registry.ts';
import { sourceName } from '../scan/scan.ts';
import { parseShard, type Shard } from '../scan/shard.ts';
import { beginsAsOurs } from '../state/format.ts';
import { openState, type StateFile } from '../state/state-file.ts';
import { quoted } from '../text/visible.ts';
import { createDigestJob, type DigestJob } from '../usecases/digest/digest-job.ts';
import { reportCalendar } from '../usecases/run/calendar.ts';
import { run } from '../usecases/run/run.ts';
import {
  type CliContext,
  clockOf,
  collect,
  gitlabUrlOf,
  parseNow,
  requirePolicy,
  requireToken,
  resolveSources,
  type SourceOptions,
} from './context.ts';
import { createDocuments } from './documents.ts';
import { exitCode } from './exit-code.ts';
import { assertMayWrite, openGateway, settle } from './gateway.ts';
import { parseIssueReference } from './issue-reference.ts';
import { failOnOption, rulesOption } from './options.ts';
import { type Output, openOutput } from './output.ts';
import { createSpinner, type Spinner } from './progress.ts';
import { makeEngineThrifty } from './thrifty-engine.ts';
import { version } from './version.ts';

interface RunCommandOptions extends SourceOptions {
  apply?: boolean;
  rules?: string;
  now?: string;
  output?: string;
  state?: string;
  cache?: string;
  shard?: string;
  format: string;
  groupBy: 'person' | 'rule';
  quiet?: boolean;
  verbose?: boolean;
  showComments?: boolean;
  failOn: Severity | 'never';
  issue?: string;
}

/** `kr-hygiene run`: the job the pipeline is for. */
export function runCommand(context: CliContext): Command {
  return new Command('run')
    .option('--apply', 'write comments and labels (otherwise: only show what would be done)')
    .option('--project <id or path>', 'a project to scan (repeatable)', collect)
    .option('--group <id or path>', 'a group to scan, subgroups included (repeatable)', collect)
    .option('--issue <issue>', 'just this one: its address, or group/project#12', onlyOnce)
    .option(...rulesOption)
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z')
    .option('--output <dir>', 'write report.json, junit.xml, metrics.txt and summary.md there')
    .option('--state <file>', 'keep what was read there, so that the next run asks only for what changed')
    .addOption(new Option('--cache <file>', 'the same as --state').hideHelp())
    .option('--shard <i/n>', 'look at one of n parts of the KRs; `merge` puts the reports together')
    .addOption(new Option('--format <format>', 'what to print').choices(formatsOf('issues')).default('text'))
    .addOption(
      new Option('--group-by <what>', 'how the text is arranged')
        .choices(['person', 'rule'])
        .default('person'),
    )
    .option('--quiet', 'only the answer, and what failed')
    .option('--verbose', 'what to do about each finding as well')
    .option('--show-comments', 'print the comments themselves as well')
    .addOption(failOnOption())
    .option('--gitlab-url <url>', 'the GitLab to talk to (default: CI_SERVER_URL)')
    .addHelpText(
      'after',
      `
Needs a token in KR_HYGIENE_TOKEN: scope read_api to look, api to write.

Examples:
  $ kr-hygiene run --project my-group/okrs
  $ kr-hygiene run --group my-group --apply --output report`,
    )
    .action((options: RunCommandOptions) => runAction(context, options));
}

async function runAction(context: CliContext, options: RunCommandOptions): Promise<void> {
  makeEngineThrifty();
  const loaded = await requirePolicy(context, options.rules, parseNow(options.now));
  const { now, policy } = clockOf(options.now, loaded);
  const url = gitlabUrlOf(options, context.environment);
  const spinner = createSpinner(context.io);
  const gateway = openGateway(context, policy, url, spinner.event);
  const reference = options.issue === undefined ? null : parseIssueReference(options.issue, url);
  if (reference !== null && (options.project ?? options.group) !== undefined) {
    throw new UsageError('--issue names its project itself. Leave out --project and --group.');
  }
  const sources: IssueSource[] =
    reference === null
      ? resolveSources(options, policy, context.environment)
      : [{ project: reference.project }];
  const reader =
    reference === null ? gateway.reader : onlyIssue(context, gateway.reader, reference, policy, now);
  const shard = shardOf(options.shard);
  const state = await stateOf(context, options, policy);
  const output = await openedOr(state, async () => {
    if (options.apply === true) await assertMayWrite(context, gateway.reader, now, state);
    return openOutput(context, {
      dir: options.output ?? null,
      leftBefore: oldestAlive(policy.settings.limits),
      format: options.format,
      head: {
        mode: options.apply === true ? 'apply' : 'dry-run',
        generatedAt: now,
        calendar: reportCalendar(policy.settings),
      },
      look: {
        groupBy: options.groupBy,
        detail: options.quiet === true ? 'quiet' : options.verbose === true ? 'verbose' : 'normal',
      },
    });
  });
  const digest = shard === null && reference === null ? createDigestJob(policy.settings, now) : null;
  const writer = options.apply === true ? gateway.writer : null;
  const read = await runWithProgress(context, { output, state, digest, spinner }, options, {
    sources,
    policy,
    documents: createDocuments(policy, 'none'),
    ...(state === null ? {} : { memory: state }),
    ...(shard === null ? {} : { shard }),
    reader,
    writer,
    clock: () => now,
    oneIssue: reference !== null,
    settle,
    requests: () => gateway.counts(),
    shelf: createScratch,
    log: createSpill,
  });
  const kept = (await digest?.keep(read, { reader: gateway.reader, writer, settle })) ?? read;
  const summary = { ...kept, requests: gateway.counts() };
  const whole = { ...summary, warnings: [...summary.warnings, ...gateway.warnings()] };
  // Those of the policy were told when it was loaded.
  const unsaid = options.format === 'text' ? [] : whole.warnings.slice(policy.warnings.length);
  for (const warning of unsaid) context.log.warn(warning);
  await output.finish(whole);
  await state?.save({ whole: whole.failures.length === 0 && reference === null });
  context.exitCode = exitCode(whole, { failOn: options.failOn, worst: output.worst() });
  const isEmpty = shard === null && reference === null && whole.totals.subjects === whole.totals.closed;
  if (isEmpty && whole.failures.length === 0) {
    context.log.warn(
      `No KR was selected by the policy in ${sources.map(sourceName).join(', ')}: \`kr-hygiene doctor\` says which condition excludes what is there.`,
    );
    if (options.apply === true) context.exitCode = 3;
  }
}

/** @throws UsageError for what is not a shard */
function shardOf(text: string | undefined): Shard | null {
  if (text === undefined) return null;
  const shard = parseShard(text);
  if (shard !== null) return shard;
  throw new UsageError(
    `--shard is ${quoted(text)}. Write which part of how many, as 2/5: from 1/5 to 5/5, at most 200.`,
  );
}

/** @throws UsageError when the file is something else, or cannot be written */
async function stateOf(
  { environment }: CliContext,
  { state, cache }: RunCommandOptions,
  policy: Policy,
): Promise<StateFile | null> {
  const file = state ?? cache;
  if (file === undefined) return null;
  if (state !== undefined && cache !== undefined)
    throw new UsageError('--cache is another name for --state. Give one of them.');
  const opened = await openState({
    file,
    secret: requireToken(environment),
    context: `${readerVersion} ${version} ${policy.hash}`,
    clock: Date.now,
    // It holds what people wrote: only its owner may read it.
    openForWriting: (target) => openForWriting(target, { from: '--state', mode: 0o600 }),
  });
  await clearLeftovers(file, { isOurs: beginsAsOurs, before: oldestAlive(policy.settings.limits) });
  return opened;
}

/** Opens what comes after the state file; where that fails, the state stays as it was. */
async function openedOr<T>(state: StateFile | null, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await state?.abandon();
    throw error;
  }
}

/** For commander: an option that makes no sense twice. */
function onlyOnce(value: string, previous: string | undefined): string {
  if (previous !== undefined)
    throw new UsageError(`--issue was given twice: ${quoted(previous)} and ${quoted(value)}. Name one.`);
  return value;
}

type Pipeline = Omit<Parameters<typeof run>[0], 'onSubject' | 'onFailure'>;

/** What is told of each subject. */
interface Listeners {
  output: Output;
  state: StateFile | null;
  digest: DigestJob | null;
  spinner: Spinner;
}

async function runWithProgress(
  context: CliContext,
  { output, state, digest, spinner }: Listeners,
  options: RunCommandOptions,
  pipeline: Pipeline,
): Promise<RunSummary> {
  const { io, log } = context;
  const told = options.format === 'text';
  spinner.start();
  try {
    return await run({
      ...pipeline,
      onProgress: ({ ref }) => spinner.subject(ref),
      onSubject: (subject) =>
        spinner.aside(async () => {
          // What the text on standard output says is not said again; errors are, for those who read the log alone.
          if (subject.restraint !== null && !told)
            log.info({ issue: subject.ref }, `left as it is: ${subject.restraint}`);
          if (subject.error !== null) log.error({ issue: subject.ref }, subject.error);
          digest?.add(subject);
          await output.subject(subject);
          if (options.showComments === true && told && subject.comment !== null)
            io.stdout(renderCommentForTerminal(subject, io));
        }),
      onFailure: (failure) => log.error({ source: failure.source }, failure.message),
    });
  } catch (error) {
    await output.abandon();
    await state?.abandon();
    throw error;
  } finally {
    spinner.stop();
  }
}

/**
 * The same reader, narrowed to one issue. Says so when the policy does not select that issue. It is read where lists
 * are: one that is not there is a failure of the run, which its report names.
 */
function onlyIssue(
  context: CliContext,
  reader: IssueReader,
  reference: { project: string | number; iid: number },
  policy: Policy,
  now: string,
): IssueReader {
  const read = async (): Promise<Issue> => {
    const project = await reader.project(reference.project);
    const issue = await reader.issue(project.id, reference.iid);
    const why = policy.unselected(issue, now);
    if (why !== null) context.log.warn(`${issue.ref} is not a KR by the policy: ${why}. Nothing to do.`);
    return issue;
  };
  let pending: Promise<Issue> | null = null;
  return {
    ...reader,
    async *issues() {
      pending ??= read();
      yield await pending;
    },
  };
}
