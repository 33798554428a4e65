import Table from 'cli-table3';
import { Command } from 'commander';
import { bottleneck, planShards, type ShardPlan } from '../usecases/plan-shards.ts';
import type { CliContext } from './context.ts';
import { wholeNumberOf } from './options.ts';
import { readReportFile } from './report-input.ts';

interface PlanShardsOptions {
  shards: string;
  requestsPerMinute: string;
  latency: string;
  concurrency: string;
}

/** `kr-hygiene plan-shards`: whether sharing the work between jobs would help, and between how many. */
export function planShardsCommand(context: CliContext): Command {
  return new Command('plan-shards')
    .argument('<report>', 'the report.json of a night; - is standard input')
    .option('--shards <numbers>', 'numbers of jobs to look at', '1,2,3,5,10')
    .option('--requests-per-minute <number>', 'what the server allows the token', '1900')
    .option('--latency <ms>', 'how long the server takes for a request', '150')
    .option('--concurrency <number>', 'requests under way at once in a job', '10')
    .addHelpText(
      'after',
      `
All jobs share the requests of one token, so that sharing helps only as long as
time, and not the limit, is what holds a night back.

Examples:
  $ kr-hygiene plan-shards report/report.json
  $ kr-hygiene plan-shards report/report.json --shards 4,8 --latency 400`,
    )
    .action((file: string, options: PlanShardsOptions) => planShardsAction(context, file, options));
}

async function planShardsAction({ io }: CliContext, file: string, options: PlanShardsOptions): Promise<void> {
  const totals = options.shards.split(',').map((part) => wholeNumberOf('--shards', part, 200));
  const input = {
    requestsPerMinute: wholeNumberOf('--requests-per-minute', options.requestsPerMinute, 1_000_000),
    latencyMs: wholeNumberOf('--latency', options.latency, 60_000),
    concurrency: wholeNumberOf('--concurrency', options.concurrency, 100),
  };
  const report = await readReportFile(file, io);
  const plans = planShards({ subjects: report.subjects, requests: report.requests.total, ...input }, totals);
  io.stdout(`${tableOf(plans, io.color)}\n${verdict(plans)}\n`);
}

function tableOf(plans: readonly ShardPlan[], color: boolean): string {
  const table = new Table({
    head: ['shards', 'KRs in the largest', 'its requests', 'minutes'],
    colAligns: ['right', 'right', 'right', 'right'],
    style: color ? { head: ['bold'], border: ['gray'] } : { head: [], border: [] },
  });
  for (const { shards, largest, requests, workMinutes, limitMinutes } of plans)
    table.push([shards, largest, requests, Math.max(workMinutes, limitMinutes).toFixed(1)]);
  return table.toString();
}

function verdict(plans: readonly ShardPlan[]): string {
  const limit = bottleneck(plans);
  if (limit === null) return 'More shards would shorten the night: time is what holds it back.';
  const minutes = limit.limitMinutes.toFixed(1);
  return limit.shards === Math.min(...plans.map(({ shards }) => shards))
    ? `Sharding cannot help: the token's requests a minute are the bottleneck, ${minutes} minutes for the night.`
    : `From ${limit.shards} shards on the token's requests a minute are the bottleneck (${minutes} minutes): more will not help.`;
}
