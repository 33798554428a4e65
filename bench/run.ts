import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';

interface Measured {
  subjects: number;
  wallMs: number;
  requests: number;
  peakHeapMiB: number;
  maxRssMiB: number;
  cpuMs: number;
  bareMs: number;
}

const helper = (name: string): string => fileURLToPath(new URL(`helpers/${name}.ts`, import.meta.url));

function start(name: string, ...args: (string | number)[]): ChildProcess {
  return fork(helper(name), args.map(String), { execArgv: ['--import', 'tsx'] });
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`a benchmark process ended early with code ${code}`);
  });
  const [message] = (await Promise.race([once(child, 'message'), failed])) as [T];
  failed.catch(() => undefined);
  return message;
}

/** Two dry nights over `count` KRs, the second of which finds nothing changed; each process on its own. */
async function measure(count: number): Promise<[night: string, measured: Measured][]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-bench-'));
  const sandbox = start('sandbox-process', count);
  const { url } = await answer<{ url: string }>(sandbox);
  const night = (): Promise<Measured> =>
    answer<Measured>(start('bot-process', url, count, path.join(folder, 'state.bin')));
  const nights: [string, Measured][] = [['first', await night()]];
  nights.push(['quiet', await night()]);
  sandbox.send('stop');
  await rm(folder, { recursive: true });
  return nights;
}

const sizes = (process.env['BENCH_KRS'] ?? '1000,10000').split(',').map(Number);

/** Prints wall time, requests, peak memory and CPU time above the bare parser, for 1,000 and 10,000 KRs. */
export async function benchRun(): Promise<void> {
  const table = new Table({
    head: [
      'KRs',
      'night',
      'wall s',
      'requests',
      'peak heap MiB',
      'peak RSS MiB',
      'CPU ÷ bare remark',
      'CPU share above it',
    ],
    style: { head: [], border: [] },
  });
  const nights: [string, Measured][] = [];
  for (const size of sizes) nights.push(...(await measure(size)));
  for (const [night, m] of nights) {
    table.push([
      m.subjects,
      night,
      (m.wallMs / 1000).toFixed(1),
      m.requests,
      m.peakHeapMiB.toFixed(0),
      m.maxRssMiB.toFixed(0),
      (m.cpuMs / m.bareMs).toFixed(2),
      `${(100 * (1 - m.bareMs / m.cpuMs)).toFixed(0)} %`,
    ]);
  }
  console.log(table.toString());
}
