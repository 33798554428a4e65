import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { answer, start, type Taken } from './processes.ts';

export interface Night extends Taken {
  krs: number;
  projects: number;
  night: string;
  requests: number;
}

/** No limit but the machine's. */
const policy = `extends: handbook
limits: { requests-per-minute: 100000, run-minutes: 600 }
`;

/**
 * Dry nights of the built program over one group: the first, and one on which nothing has changed, with a report and a
 * state file.
 * @param program runs one command line
 */
export async function dryNights(
  { krs, projects }: { krs: number; projects: number },
  program: (args: readonly string[], cwd: string) => Promise<Taken>,
): Promise<Night[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-bench-'));
  await mkdir(path.join(folder, 'rules'));
  await writeFile(path.join(folder, 'rules/policy.yml'), policy);
  const sandbox = start('sandbox-process', [krs, projects, 0], ['--max-old-space-size=12000']);
  const { url } = await answer<{ url: string }>(sandbox);
  const source = projects === 1 ? ['--project', 'bench/okrs'] : ['--group', 'bench'];
  const rules = ['--rules', path.join(folder, 'rules')];
  const where = ['run', ...rules, ...source, '--gitlab-url', url, '--now', '2026-11-23T09:00:00Z', '--quiet'];
  const args = [...where, '--output', path.join(folder, 'report'), '--state', path.join(folder, 'state')];
  const measured: Night[] = [];
  for (const night of ['first', 'quiet']) {
    const taken = await program(args, folder);
    const counted = answer<{ requests: number }>(sandbox);
    sandbox.send('count');
    const { requests } = await counted;
    measured.push({ ...taken, krs, projects, night, requests });
  }
  sandbox.send('stop');
  await rm(folder, { recursive: true });
  return measured;
}

/** A table of nights. @param last a column of what else is told of each */
export function nightTable(last: string): { add: (night: Night, last: string) => void; print: () => void } {
  const head = ['KRs', 'projects', 'night', 'exit', 'wall s', 'CPU s', 'requests', 'peak RSS MiB', last];
  const table = new Table({ head, style: { head: [], border: [] } });
  return {
    add({ krs, projects, night, code, wallMs, cpuMs, requests, maxRssMiB }, told) {
      const seconds = [wallMs, cpuMs].map((ms) => (ms / 1000).toFixed(1));
      table.push([krs, projects, night, code, ...seconds, requests, maxRssMiB.toFixed(0), told]);
    },
    print: () => console.log(table.toString()),
  };
}
