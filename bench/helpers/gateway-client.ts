/**
 * The gateway in a process of its own: reads every issue of a project and, when asked to, the comments of each; memory
 * is what is still in use after a garbage collection, looked at throughout.
 */
import pLimit from 'p-limit';
import { createGateway } from '../../src/gitlab/gateway.ts';
import { benchToken } from './seed.ts';

export interface ClientSettings {
  url: string;
  notes: boolean;
  concurrency: number;
  requestsPerWindow: number;
  windowMs: number;
}

export interface ClientReport {
  issues: number;
  wallMs: number;
  peakHeapMiB: number;
  maxRssMiB: number;
  requests: number;
  throttled: number;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as ClientSettings;
const gateway = createGateway({
  url: settings.url,
  token: benchToken,
  requestsPerMinute: settings.requestsPerWindow,
  windowMs: settings.windowMs,
  concurrency: settings.concurrency,
});
const limit = pLimit(settings.concurrency);
const working = new Set<Promise<void>>();
let issues = 0;
let peak = 0;

/** For those who wait. */
function tell(): void {
  const seconds = (performance.now() - started) / 1000;
  console.log(`  … ${issues} issues, ${gateway.counts().total} requests, ${seconds.toFixed(0)} s`);
}

function lookAtMemory(): void {
  globalThis.gc?.();
  peak = Math.max(peak, process.memoryUsage().heapUsed);
}

const started = performance.now();
const project = await gateway.reader.project('bench/okrs');
await gateway.reader.members(project.id);
const filter = { state: 'opened', labels: ['KR'], issueType: 'issue' } as const;
for await (const issue of gateway.reader.issues({ project: project.id }, { ...filter, labels: ['KR'] })) {
  issues += 1;
  if (issues % 1_000 === 0) tell();
  if (issues % 200 === 0) lookAtMemory();
  if (!settings.notes) continue;
  const work = limit(async () => {
    await gateway.reader.notes(issue.projectId, issue.iid);
  }).finally(() => working.delete(work));
  working.add(work);
  if (working.size >= settings.concurrency * 2) await Promise.race(working);
}
await Promise.all(working);
lookAtMemory();
const { total, throttled } = gateway.counts();
process.send?.({
  issues,
  wallMs: performance.now() - started,
  peakHeapMiB: peak / 2 ** 20,
  maxRssMiB: process.resourceUsage().maxRSS / 1024,
  requests: total,
  throttled,
} satisfies ClientReport);
process.disconnect();
