import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
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

/** A dry run over `count` KRs; the sandbox and the bot each in a process of their own. */
async function measure(count: number): Promise<Measured> {
  const sandbox = start('sandbox-process', count);
  const { url } = await answer<{ url: string }>(sandbox);
  const measured = await answer<Measured>(start('bot-process', url, count));
  sandbox.send('stop');
  return measured;
}

/** Prints wall time, requests, peak memory and CPU time above the bare parser, for 1,000 and 10,000 KRs. */
export async function benchRun(): Promise<void> {
  const table = new Table({
    head: [
      'KRs',
      'wall s',
      'requests',
      'peak heap MiB',
      'peak RSS MiB',
      'CPU ÷ bare remark',
      'CPU share above it',
    ],
    style: { head: [], border: [] },
  });
  for (const count of [1_000, 10_000]) {
    const m = await measure(count);
    table.push([
      m.subjects,
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
