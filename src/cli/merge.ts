import { Command, Option } from 'commander';
import { oldestAlive } from '../files/leftovers.ts';
import { createSpill } from '../files/spill.ts';
import { createSpool } from '../files/spool.ts';
import { UsageError } from '../model/errors.ts';
import type { Severity } from '../model/finding.ts';
import { formatsOf } from '../reporters/registry.ts';
import { visible } from '../text/visible.ts';
import { createDigestJob } from '../usecases/digest/digest-job.ts';
import { mergeShards } from '../usecases/merge/merge.ts';
import { createPile, type Pile, type ShardReport } from '../usecases/merge/pile.ts';
import { type GivenReport, type Shards, sortShards } from '../usecases/merge/shards.ts';
import { withinSources } from '../usecases/merge/within-sources.ts';
import { reportCalendar } from '../usecases/run/calendar.ts';
import {
  type CliContext,
  collect,
  gitlabUrlOf,
  namedSources,
  requirePolicy,
  type SourceOptions,
} from './context.ts';
import { createDocuments } from './documents.ts';
import { exitCode } from './exit-code.ts';
import { assertMayWrite, openGateway, settle } from './gateway.ts';
import type { Io } from './io.ts';
import { failOnOption } from './options.ts';
import { openOutput } from './output.ts';
import { readReportFile, readReportStream } from './report-input.ts';
import { makeEngineThrifty } from './thrifty-engine.ts';

interface MergeCommandOptions extends SourceOptions {
  rules?: string;
  apply?: boolean;
  output?: string;
  format: string;
  failOn: Severity | 'never';
}

/** `kr-hygiene merge`: one report of those of all shards, and what needs all subjects is decided. */
export function mergeCommand(context: CliContext): Command {
  return new Command('merge')
    .argument('<report...>', 'the report.json of each shard')
    .option('--apply', 'write first comments, reminders and the digest (otherwise: nothing is sent)')
    .option('--rules <dir>', 'folder with your rule files, those of the shards')
    .option('--project <id or path>', 'a project the shards looked at (repeatable)', collect)
    .option('--group <id or path>', 'a group the shards looked at (repeatable)', collect)
    .option('--output <dir>', 'write report.json, junit.xml, metrics.txt and summary.md there')
    .addOption(new Option('--format <format>', 'what to print').choices(formatsOf('issues')).default('text'))
    .addOption(failOnOption())
    .option('--gitlab-url <url>', 'the GitLab to talk to (default: CI_SERVER_URL)')
    .addHelpText(
      'after',
      `
A shard that is missing, doubled, or of another policy or clock is named in the
report ("incomplete"), and the exit code is 3.

With --apply nothing is written outside of --project and --group, or of the
policy's sources.

Examples:
  $ kr-hygiene merge report-*/report.json --output report
  $ kr-hygiene merge report-*/report.json --rules rules --apply --output report`,
    )
    .action((files: string[], options: MergeCommandOptions) => mergeAction(context, files, options));
}

async function mergeAction(
  context: CliContext,
  files: readonly string[],
  options: MergeCommandOptions,
): Promise<void> {
  makeEngineThrifty();
  const spool = createSpool();
  try {
    await mergeOnto(createPile(spool), context, files, options);
  } finally {
    await spool.close();
  }
}

async function mergeOnto(
  pile: Pile,
  context: CliContext,
  files: readonly string[],
  options: MergeCommandOptions,
): Promise<void> {
  const given: GivenReport[] = [];
  for (const file of files) given.push(await readGiven(context, pile, file));
  if (sortShards(given) === null) throw noShards(given);
  const policy = await requirePolicy(context, options.rules);
  const shards = sortShards(given, policy.hash) as Shards;
  assertSamePolicy(shards, policy.hash);
  const now = shards.reports[0]?.generatedAt ?? '';
  for (const words of shards.incomplete) context.log.error(words);
  const gateway =
    options.apply === true ? openGateway(context, policy, gitlabUrlOf(options, context.environment)) : null;
  if (gateway !== null) await assertMayWrite(context, gateway.reader, now);
  const sources = namedSources(options, policy);
  const reader = gateway === null ? null : withinSources(gateway.reader, sources);
  const mode = gateway === null ? (shards.reports[0]?.mode ?? 'dry-run') : 'apply';
  const output = await openOutput(context, {
    dir: options.output ?? null,
    leftBefore: oldestAlive(policy.settings.limits),
    format: options.format,
    head: { mode, generatedAt: now, calendar: reportCalendar(policy.settings) },
  });
  const digest = createDigestJob(policy.settings, now);
  const merged = await mergeShards({
    shards,
    pile,
    policy,
    documents: createDocuments(policy),
    gitlab:
      gateway === null || reader === null
        ? null
        : { reader, writer: gateway.writer, requests: () => gateway.counts(), sources },
    settle,
    log: createSpill,
    onSubject: (subject) => {
      digest?.add(subject);
      return output.subject(subject);
    },
    onFailure: (failure) => context.log.error({ source: failure.source }, failure.message),
  });
  const ports = gateway === null ? null : { reader: gateway.reader, writer: gateway.writer, settle };
  const before = gateway?.counts().total ?? 0;
  const kept = (await digest?.keep(merged, ports)) ?? merged;
  const { requests } = merged;
  const total = requests.total + (gateway?.counts().total ?? 0) - before;
  const summary = { ...kept, requests: { ...requests, total } };
  await output.finish(summary);
  context.exitCode =
    shards.incomplete.length > 0 ? 3 : exitCode(summary, { failOn: options.failOn, worst: output.worst() });
}

/**
 * A report line by line where it is laid out as we write it, so that no more than one subject is in memory; else whole.
 * @throws UsageError when it is not there, cut short or of another kind
 */
async function readOnto(pile: Pile, file: string, io: Io): Promise<ShardReport> {
  const streamed = await pile.take((put) => readReportStream(file, put));
  if (streamed !== null) return streamed;
  const { subjects, ...summary } = await readReportFile(file, io);
  const whole = await pile.take(async (put) => {
    for (const subject of subjects) await put(subject);
    return summary;
  });
  return whole as ShardReport;
}

function noShards(given: readonly GivenReport[]): UsageError {
  const problems = given.flatMap(({ report }) => ('problem' in report ? [report.problem] : []));
  return new UsageError(
    [
      `None of these is the report of a shard: ${given.map(({ name }) => name).join(', ')}.`,
      ...problems,
      'Give the report.json that `run --shard` wrote, one of each shard.',
    ].join('\n'),
  );
}

/** A report that cannot be read is a missing shard: the others are still merged. */
async function readGiven({ io }: CliContext, pile: Pile, file: string): Promise<GivenReport> {
  try {
    const name = visible(file);
    return { name, report: await readOnto(pile, file, io) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { name: visible(file), report: { problem: error.message } };
  }
}

/** @throws UsageError when the rule files at hand are not those of the shards: what they decide would not fit */
function assertSamePolicy({ reports }: Shards, hash: string): void {
  const theirs = reports[0]?.policy;
  if (theirs === undefined || theirs === hash) return;
  throw new UsageError(
    `The shards were read with other rule files (policy ${theirs}) than those of this merge (policy ${hash}). Give the same --rules as for the shards, at the same commit.`,
  );
}
