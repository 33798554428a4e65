/**
 * A dry night in a process of its own (`--expose-gc`), as the program has it: reports on a shelf in a file, `report.json`
 * and the other files written as streams, a state file. Tells the most memory that was in use after a collection.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext } from '../../src/cli/context.ts';
import { createDocuments } from '../../src/cli/documents.ts';
import { openOutput } from '../../src/cli/output.ts';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createScratch } from '../../src/files/scratch.ts';
import { createSpill } from '../../src/files/spill.ts';
import { openForWriting } from '../../src/files/write.ts';
import { createGateway } from '../../src/gitlab/gateway.ts';
import { openState } from '../../src/state/state-file.ts';
import { run } from '../../src/usecases/run/run.ts';

export interface MemoryUsed {
  subjects: number;
  /** The most in use, in bytes, while subjects were read and while reports were written. */
  peak: number;
}

const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('the built-in rules do not load');
const { policy } = loaded;
const documents = createDocuments(policy);
const now = '2026-11-23T09:00:00Z';

function inUse(): number {
  (globalThis.gc as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** @param every so many subjects between two looks */
async function night(url: string, token: string, every: number): Promise<MemoryUsed> {
  const dir = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-memory-'));
  const gateway = createGateway({ url, token, requestsPerMinute: 1e6, notesPerMinute: 1e6 });
  const memory = await openState({
    file: path.join(dir, 'state'),
    secret: token,
    context: policy.hash,
    clock: Date.now,
    openForWriting: (file) => openForWriting(file),
  });
  const silent = { stdout: () => undefined, stderr: () => undefined, stdin: () => Promise.resolve('') };
  const io = { ...silent, color: false, stderrColor: false, columns: 80 };
  const context = createContext({ ...io, stdoutIsTerminal: false, stderrIsTerminal: false }, {});
  const head = { mode: 'dry-run' as const, generatedAt: now };
  const output = await openOutput(context, { dir, format: 'text', head });
  let met = 0;
  let peak = 0;
  const look = (count: number): void => {
    if (count % every === 0) peak = Math.max(peak, inUse());
  };
  let written = 0;
  const summary = await run({
    sources: [{ group: 'bench' }],
    policy,
    documents,
    reader: gateway.reader,
    writer: null,
    clock: () => now,
    requests: () => gateway.counts(),
    // In a small backlog the buffer would not be full, and its filling would look like growth.
    shelf: () => createScratch(100_000),
    log: createSpill,
    memory,
    onProgress: () => look((met += 1)),
    onSubject: async (subject) => {
      look((written += 1));
      await output.subject(subject);
    },
  });
  await output.finish(summary);
  await memory.save({ whole: true });
  await rm(dir, { recursive: true });
  return { subjects: summary.totals.subjects, peak };
}

process.on('message', (order: { url: string; token: string; every: number } | 'stop') => {
  if (order === 'stop') process.disconnect();
  else void night(order.url, order.token, order.every).then((used) => process.send?.(used));
});
process.send?.('ready');
