import path from 'node:path';
import { Command } from 'commander';
import { demoRulesDir } from '../config/built-in.ts';
import { createGateway } from '../gitlab/gateway.ts';
import type { RunSummary } from '../model/report.ts';
import type { Policy } from '../model/rule.ts';
import { renderCommentForTerminal } from '../reporters/comment-terminal.ts';
import { summaryText } from '../reporters/text.ts';
import { demoSeed, demoToken } from '../sandbox/demo-seed.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { visible } from '../text/visible.ts';
import { reportCalendar } from '../usecases/run/calendar.ts';
import { run } from '../usecases/run/run.ts';
import { type CliContext, clockOf, requirePolicy } from './context.ts';
import { createDocuments } from './documents.ts';
import { openOutput } from './output.ts';
import { readReportFile } from './report-input.ts';
import { makeSite } from './site.ts';

interface DemoOptions {
  now?: string;
  rules?: string;
  output: string;
}

/** `kr-hygiene demo`: the whole bot against a GitLab in this process, over real HTTP. */
export function demoCommand(context: CliContext): Command {
  return new Command('demo')
    .option('--now <time>', 'the present moment, as 2026-11-23T09:00:00Z (the sample KRs are of its quarter)')
    .option('--rules <dir>', 'folder with your rule files')
    .option('--output <dir>', 'where the report and its dashboard go', 'kr-hygiene-report')
    .addHelpText(
      'after',
      `
Examples:
  $ kr-hygiene demo
  $ kr-hygiene demo --rules rules --output /tmp/report`,
    )
    .action((options: DemoOptions) => demoAction(context, options));
}

async function demoAction(context: CliContext, options: DemoOptions): Promise<void> {
  const { io } = context;
  const { now, policy } = clockOf(options.now, await requirePolicy(context, options.rules ?? demoRulesDir));
  const sandbox = await startSandbox({ seed: demoSeed(new Date(now)), clock: () => new Date(now) });
  try {
    io.stdout(
      `A small GitLab is running at ${sandbox.url}, with the sample KRs of a security organisation.\n\n`,
    );
    const first = await demoRun(context, policy, { url: sandbox.url, now, dir: options.output });
    io.stdout(`${summaryText(first, io)}\n`);

    const before = sandbox.countWrites();
    const second = await demoRun(context, policy, { url: sandbox.url, now, dir: null });
    const writes = sandbox.countWrites() - before;
    io.stdout(secondRunText(second, writes));
    io.stdout(`\nThe report of the first run is in ${visible(options.output)}/report.json.\n`);
    const dashboard = await dashboardOf(context, options.output);
    io.stdout(`Its dashboard, to open in a browser: ${visible(dashboard)}\n`);
    context.exitCode = writes === 0 && first.failures.length === 0 && first.totals.errors === 0 ? 0 : 3;
  } finally {
    await sandbox.close();
  }
}

/** Makes the dashboard of the report that was just written. @returns the file to open */
async function dashboardOf(context: CliContext, dir: string): Promise<string> {
  const report = await readReportFile(path.join(dir, 'report.json'), context.io);
  const site = path.join(dir, 'site');
  await makeSite(context, report, site);
  return path.join(site, 'index.html');
}

function secondRunText(summary: RunSummary, writes: number): string {
  const seen = `Second run: ${summary.totals.subjects} KRs looked at, ${summary.requests.total} requests, `;
  return writes === 0
    ? `${seen}nothing to do: every comment and label is as it should be.\n`
    : `${seen}${writes} writes. A second run should write nothing; please report this.\n`;
}

/** One run with --apply; the first also prints every comment and writes the report. */
async function demoRun(
  context: CliContext,
  policy: Policy,
  where: { url: string; now: string; dir: string | null },
): Promise<RunSummary> {
  const { limits } = policy.settings;
  const gateway = createGateway({ url: where.url, token: demoToken, concurrency: limits.concurrency });
  const show = where.dir !== null;
  const output = show
    ? await openOutput(context, {
        dir: where.dir,
        format: 'text',
        head: {
          mode: 'apply',
          generatedAt: where.now,
          calendar: reportCalendar(policy.settings),
        },
        quiet: true,
      })
    : null;
  const summary = await run({
    sources: [{ group: 'example-sec' }],
    policy,
    documents: createDocuments(policy),
    reader: gateway.reader,
    writer: gateway.writer,
    clock: () => where.now,
    requests: () => gateway.counts(),
    onSubject: async (subject) => {
      await output?.subject(subject);
      if (show) context.io.stdout(renderCommentForTerminal(subject, context.io));
    },
  });
  await output?.finish(summary);
  return summary;
}
