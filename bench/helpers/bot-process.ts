/** The bot in a process of its own: one dry run with a state file, measured; then the bare parser over the same texts. */

import { getHeapStatistics } from 'node:v8';
import { createDocuments } from '../../src/cli/documents.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createScratch } from '../../src/files/scratch.ts';
import { openForWriting } from '../../src/files/write.ts';
import { createGateway } from '../../src/gitlab/gateway.ts';
import { openState } from '../../src/state/state-file.ts';
import { run } from '../../src/usecases/run/run.ts';
import { remark } from './bare-remark.ts';
import { benchKr } from './kr-issues.ts';
import { benchToken } from './seed.ts';

const [url = '', count = '1000', stateFile = ''] = process.argv.slice(2);
const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('the built-in rules do not load');
const gateway = createGateway({
  url,
  token: benchToken,
  requestsPerMinute: 1_000_000,
  notesPerMinute: 1_000_000,
});

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, getHeapStatistics().used_heap_size);
}, 20);
const started = process.hrtime.bigint();
const before = process.cpuUsage();
let subjects = 0;
let retained = 0;
let met = 0;
const live: number[] = [];
const documents = createDocuments(loaded.policy);
const memory = await openState({
  file: stateFile,
  secret: benchToken,
  context: loaded.policy.hash,
  clock: Date.now,
  openForWriting: (file) => openForWriting(file, { mode: 0o600 }),
});
await run({
  sources: [{ group: 'bench' }],
  policy: loaded.policy,
  documents,
  reader: gateway.reader,
  writer: null,
  clock: () => '2026-11-23T09:00:00Z',
  requests: () => gateway.counts(),
  shelf: createScratch(),
  memory,
  onProgress: () => {
    met += 1;
    if (met % 500 !== 0 || globalThis.gc === undefined) return;
    globalThis.gc();
    live.push(Math.round(process.memoryUsage().heapUsed / 2 ** 20));
  },
  onSubject: () => {
    if (subjects === 0 && globalThis.gc !== undefined) {
      globalThis.gc();
      retained = process.memoryUsage().heapUsed;
    }
    subjects += 1;
  },
});
await memory.save({ whole: true });
const cpu = process.cpuUsage(before);
const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
clearInterval(watch);

const bareBefore = process.cpuUsage();
for (let n = 0; n < Number(count); n += 1) remark(benchKr(n).description);
const bare = process.cpuUsage(bareBefore);

process.send?.({
  subjects,
  wallMs,
  requests: gateway.counts().total,
  peakHeapMiB: peak / 2 ** 20,
  live: live.join(' '),
  retainedMiB: retained / 2 ** 20,
  maxRssMiB: process.resourceUsage().maxRSS / 1024,
  cpuMs: (cpu.user + cpu.system) / 1000,
  bareMs: (bare.user + bare.system) / 1000,
});
process.disconnect();
