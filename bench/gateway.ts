import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ClientReport, ClientSettings } from './helpers/gateway-client.ts';
import type { ServerReport, ServerSettings } from './helpers/gateway-server.ts';

/** GitLab.com's limit, and a minute that lasts ten seconds. */
const LIMIT = 2_000;
const WINDOW_MS = 10_000;
const OURS = 1_900;
const UNLIMITED = 1_000_000;

function start(name: string, args: string[]): ChildProcess {
  const file = fileURLToPath(new URL(`helpers/${name}.ts`, import.meta.url));
  return fork(file, args, { execArgv: ['--import', 'tsx', '--expose-gc'] });
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`a benchmark process ended early with code ${code}`);
  });
  failed.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message'), failed])) as [T];
  return message;
}

async function measure(
  server: ServerSettings,
  client: Omit<ClientSettings, 'url' | 'windowMs'>,
): Promise<{ server: ServerReport; client: ClientReport }> {
  const sandbox = start('gateway-server', [JSON.stringify(server)]);
  const { url } = await answer<{ url: string }>(sandbox);
  const report = await answer<ClientReport>(
    start('gateway-client', [
      JSON.stringify({ ...client, url, windowMs: server.windowMs } satisfies ClientSettings),
    ]),
  );
  const last = answer<ServerReport>(sandbox);
  sandbox.send('stop');
  return { server: await last, client: report };
}

/** Share of the allowed rate, in the whole windows between the first and the last, as the server counted. */
async function benchPace(): Promise<void> {
  const { server, client } = await measure(
    { issues: 10_000, latencyMs: 50, requestsPerWindow: LIMIT, windowMs: WINDOW_MS },
    { notes: true, concurrency: 50, requestsPerWindow: OURS },
  );
  const whole = server.perWindow.slice(1, -1);
  const share = whole.reduce((sum, count) => sum + count, 0) / (whole.length * LIMIT);
  console.log(
    `10,000 issues and the comments of each, 50 ms latency, ${LIMIT} requests per ${WINDOW_MS / 1000} s allowed:`,
  );
  console.log(`  requests ${client.requests} in ${(client.wallMs / 1000).toFixed(1)} s`);
  console.log(`  per window ${server.perWindow.join(', ')}`);
  console.log(`  share of the allowed rate ${(share * 100).toFixed(1)} % (at least 90 is wanted)`);
  console.log(`  answers 429: ${server.refused} (0 is wanted)`);
  verdict(share >= 0.9 && server.refused === 0);
}

async function benchMemory(): Promise<void> {
  const peaks: number[] = [];
  console.log('Memory in use (after garbage collection) while issues and comments are read:');
  for (const issues of [1_000, 10_000]) {
    const { client } = await measure(
      { issues, latencyMs: 0, requestsPerWindow: null, windowMs: WINDOW_MS },
      { notes: true, concurrency: 10, requestsPerWindow: UNLIMITED },
    );
    peaks.push(client.peakHeapMiB);
    console.log(
      `  ${issues} issues: ${client.peakHeapMiB.toFixed(1)} MiB heap, ${client.maxRssMiB.toFixed(0)} MiB resident at most`,
    );
  }
  const [small = 1, large = 1] = peaks;
  console.log(`  growth ${((large / small - 1) * 100).toFixed(1)} % (at most 20 is wanted)`);
  verdict(large / small <= 1.2);
}

/** The whole dry run, rules and all, not only the gateway: no one else may add requests either. */
async function benchEconomy(): Promise<void> {
  const issues = 5_000;
  const sandbox = start('gateway-server', [
    JSON.stringify({
      issues,
      latencyMs: 30,
      requestsPerWindow: null,
      windowMs: WINDOW_MS,
    } satisfies ServerSettings),
  ]);
  const { url } = await answer<{ url: string }>(sandbox);
  const { subjects } = await answer<{ subjects: number }>(start('bot-process', [url, String(issues)]));
  const last = answer<ServerReport>(sandbox);
  sandbox.send('stop');
  const { requests } = await last;
  console.log(
    `A dry run over ${subjects} issues without comments, 30 ms latency: ${requests} requests (at most 52 are wanted)`,
  );
  verdict(subjects === issues && requests <= 52);
}

function verdict(good: boolean): void {
  console.log(good ? '  good' : '  NOT GOOD ENOUGH');
  if (!good) process.exitCode = 1;
}

/** Prints pace, memory and economy of the gateway against the sandbox, each side in a process of its own. */
export async function benchGateway(): Promise<void> {
  await benchEconomy();
  await benchMemory();
  await benchPace();
}
