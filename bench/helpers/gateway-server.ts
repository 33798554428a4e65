/** A sandbox in a process of its own, with a limit and a delay; tells, when asked and at the end, how the limit was used. */
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { benchSeed } from './seed.ts';

export interface ServerSettings {
  issues: number;
  latencyMs: number;
  /** Null: no limit. */
  requestsPerWindow: number | null;
  windowMs: number;
}

export interface ServerReport {
  requests: number;
  refused: number;
  /** Requests in each window of the server, in order; the first and the last are not whole. */
  perWindow: number[];
}

const settings = JSON.parse(process.argv[2] ?? '{}') as ServerSettings;
const sandbox = await startSandbox({
  seed: benchSeed(settings.issues),
  latencyMs: settings.latencyMs,
  settings: { requestsPerMinute: settings.requestsPerWindow, rateWindowMs: settings.windowMs },
});

function report(): ServerReport {
  const windows = new Map<number, number>();
  for (const { at } of sandbox.requests) {
    const window = Math.floor(at / settings.windowMs);
    windows.set(window, (windows.get(window) ?? 0) + 1);
  }
  return {
    requests: sandbox.requests.length,
    refused: sandbox.requests.filter(({ status }) => status === 429).length,
    perWindow: [...windows.entries()].sort(([a], [b]) => a - b).map(([, count]) => count),
  };
}

process.on('message', (message) => {
  process.send?.(report());
  if (message === 'stop') void sandbox.close().then(() => process.disconnect());
});
process.send?.({ url: sandbox.url });
