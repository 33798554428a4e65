import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { answer, program, start, type Taken } from './helpers/processes.ts';

interface Night extends Taken {
  krs: number;
  projects: number;
  night: string;
  requests: number;
  /** Of `cpuMs`: reading the same texts, by itself. Null: not measured. */
  parsingMs: number | null;
}

/** No limit but the machine's. */
const policy = `extends: handbook
limits: { requests-per-minute: 100000, run-minutes: 600 }
`;

/** Reading more texts by themselves tells nothing new. */
const PARSED_APART = 20_000;

/** Dry nights of the built program over one group: the first, and one on which nothing has changed. */
async function nights(krs: number, projects: number, latencyMs: number): Promise<Night[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-bench-'));
  await mkdir(path.join(folder, 'rules'));
  await writeFile(path.join(folder, 'rules/policy.yml'), policy);
  const sandbox = start('sandbox-process', [krs, projects, latencyMs], ['--max-old-space-size=12000']);
  const { url } = await answer<{ url: string }>(sandbox);
  const source = projects === 1 ? ['--project', 'bench/okrs'] : ['--group', 'bench'];
  const where = ['run', ...source, '--gitlab-url', url, '--now', '2026-11-23T09:00:00Z', '--quiet'];
  const args = [...where, '--output', path.join(folder, 'report'), '--state', path.join(folder, 'state')];
  const parsingMs =
    krs > PARSED_APART ? null : (await answer<{ cpuMs: number }>(start('parse-process', [krs]))).cpuMs;
  const measured: Night[] = [];
  for (const night of ['first', 'quiet']) {
    const taken = await program(args, folder);
    const counted = answer<{ requests: number }>(sandbox);
    sandbox.send('count');
    const { requests } = await counted;
    measured.push({
      ...taken,
      krs,
      projects,
      night,
      requests,
      parsingMs: night === 'first' ? parsingMs : null,
    });
  }
  sandbox.send('stop');
  await rm(folder, { recursive: true });
  return measured;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

/**
 * Prints wall time, CPU time, requests and peak memory of dry nights of the built program (`npm run build` first),
 * with a report and a state file.
 * @param sizes KRs and projects, alternating: `1000 10 100000 1000`; a last number without projects is in one
 */
export async function benchRun(sizes: readonly number[]): Promise<void> {
  const wanted = sizes.length === 0 ? [1_000, 1, 10_000, 1] : sizes;
  const table = new Table({
    head: [
      'KRs',
      'projects',
      'night',
      'exit',
      'wall s',
      'CPU s',
      'of it reading s',
      'requests',
      'peak RSS MiB',
    ],
    style: { head: [], border: [] },
  });
  const measured: Night[] = [];
  for (let at = 0; at < wanted.length; at += 2)
    measured.push(...(await nights(wanted[at] ?? 1, wanted[at + 1] ?? 1, 0)));
  for (const { krs, projects, night, code, wallMs, cpuMs, parsingMs, requests, maxRssMiB } of measured) {
    const reading = parsingMs === null ? '–' : seconds(parsingMs);
    table.push([
      krs,
      projects,
      night,
      code,
      seconds(wallMs),
      seconds(cpuMs),
      reading,
      requests,
      maxRssMiB.toFixed(0),
    ]);
  }
  console.log(table.toString());
  const [least] = measured;
  const most = measured.at(-2);
  if (least !== undefined && most !== undefined && most !== least)
    console.log(`peak RSS, largest to smallest: ${(most.maxRssMiB / least.maxRssMiB).toFixed(2)}`);
}
