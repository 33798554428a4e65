/** A sandbox in a process of its own, so that its CPU time and memory are not the bot's. */
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { benchSeed } from './seed.ts';

const [count = '1000', latency = '0', perMinute = '0'] = process.argv.slice(2);
const sandbox = await startSandbox({
  seed: benchSeed(Number(count)),
  latencyMs: Number(latency),
  settings: { rateLimits: Number(perMinute) > 0 ? { requestsPerMinute: Number(perMinute) } : {} } as never,
});
process.on('message', (message) => {
  if (message !== 'stop') return;
  const statuses: Record<number, number> = {};
  for (const request of sandbox.requests) statuses[request.status] = (statuses[request.status] ?? 0) + 1;
  process.send?.({ statuses });
  void sandbox.close().then(() => process.disconnect());
});
process.send?.({ url: sandbox.url });
