import { benchEconomy } from './economy.ts';
import type { ClientReport, ClientSettings } from './helpers/gateway-client.ts';
import type { ServerReport, ServerSettings } from './helpers/gateway-server.ts';
import { answer, start } from './helpers/processes.ts';

/** GitLab.com's limit, and a minute that lasts ten seconds. */
const LIMIT = 2_000;
const WINDOW_MS = 10_000;
const OURS = 1_900;
const UNLIMITED = 1_000_000;

async function measure(
  server: ServerSettings,
  client: Omit<ClientSettings, 'url' | 'windowMs'>,
): Promise<{ server: ServerReport; client: ClientReport }> {
  const sandbox = start('gateway-server', [JSON.stringify(server)]);
  const { url } = await answer<{ url: string }>(sandbox);
  const report = await answer<ClientReport>(
    start(
      'gateway-client',
      [JSON.stringify({ ...client, url, windowMs: server.windowMs } satisfies ClientSettings)],
      ['--expose-gc'],
    ),
  );
  const last = answer<ServerReport>(sandbox);
  sandbox.send('stop');
  return { server: await last, client: report };
}

/** Share of the allowed rate, in the whole windows between the first and the last, as the server counted. */
async function benchPace(issues: number): Promise<void> {
  console.log(
    `${issues} issues and the comments of each, 50 ms latency, ${LIMIT} requests per ${WINDOW_MS / 1000} s allowed:`,
  );
  const { server, client } = await measure(
    { issues, latencyMs: 50, requestsPerWindow: LIMIT, windowMs: WINDOW_MS },
    { notes: true, concurrency: 50, requestsPerWindow: OURS },
  );
  const whole = server.perWindow.slice(1, -1);
  const share = whole.reduce((sum, count) => sum + count, 0) / (whole.length * LIMIT);
  console.log(`  requests ${client.requests} in ${(client.wallMs / 1000).toFixed(1)} s`);
  console.log(`  per window ${server.perWindow.join(', ')}`);
  if (whole.length === 0) {
    console.log(`  no whole window: ${LIMIT * 3} issues and more show the pace`);
    return;
  }
  console.log(`  share of the allowed rate ${(share * 100).toFixed(1)} % (at least 90 is wanted)`);
  console.log(`  answers 429: ${server.refused} (0 is wanted)`);
  verdict(share >= 0.9 && server.refused === 0);
}

async function benchMemory(most: number): Promise<void> {
  const peaks: number[] = [];
  console.log('Memory in use (after garbage collection) while issues and comments are read:');
  for (const issues of [Math.ceil(most / 10), most]) {
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

function verdict(good: boolean): void {
  console.log(good ? '  good' : '  NOT GOOD ENOUGH');
  if (!good) process.exitCode = 1;
}

/**
 * Prints pace, memory and economy of the gateway against the sandbox, each side in a process of its own, as it goes: a
 * minute or two with the sizes it has by itself. `-- gateway 5000 10000` are those of the promises.
 * @param sizes issues of the dry run, issues whose comments are read
 */
export async function benchGateway([issues = 1_000, read = 6_000]: readonly number[]): Promise<void> {
  verdict(await benchEconomy([issues]));
  await benchMemory(read);
  await benchPace(read);
}
