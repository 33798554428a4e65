import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import type { ServerReport, ServerSettings } from './helpers/gateway-server.ts';
import { answer, program, start, startBuilt, type Taken } from './helpers/processes.ts';

/** What the program may use besides starting and reading texts, on a machine that has nothing else to do. */
const OTHER_CPU_MS = 3_000;
const OTHER_CPU_ISSUES = 5_000;

/** What a run writes: each costs something of its own. */
const forms = [
  { name: 'dry run, nothing written', output: false, state: false },
  { name: 'with --output', output: true, state: false },
  { name: 'with --output and --state', output: true, state: true },
] as const;

type Form = (typeof forms)[number];

/** Each is measured so often, and the least counts: what is more was taken by something else. */
const TURNS = 3;

interface Run extends Taken {
  requests: number;
}

/** A sandbox with so many issues in a process of its own. */
async function withSandbox<T>(
  issues: number,
  work: (dryRun: (form: Omit<Form, 'name'>) => Promise<Run>) => Promise<T>,
): Promise<T> {
  const server: ServerSettings = { issues, latencyMs: 30, requestsPerWindow: null, windowMs: 60_000 };
  const sandbox = start('gateway-server', [JSON.stringify(server)]);
  const { url } = await answer<{ url: string }>(sandbox);
  const told = async (what: 'report' | 'stop'): Promise<ServerReport> => {
    const report = answer<ServerReport>(sandbox);
    sandbox.send(what);
    return report;
  };
  const result = await work(async ({ output, state }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'kr-hygiene-bench-'));
    const files = [
      ...(output ? ['--output', path.join(folder, 'report')] : []),
      ...(state ? ['--state', path.join(folder, 'state')] : []),
    ];
    const where = ['--project', 'bench/okrs', '--gitlab-url', url, '--now', '2026-11-23T09:00:00Z'];
    const before = (await told('report')).requests;
    const taken = await program(['run', ...where, '--quiet', ...files], folder);
    const { requests } = await told('report');
    await rm(folder, { recursive: true });
    return { ...taken, requests: requests - before };
  });
  await told('stop');
  return result;
}

async function readingMs(issues: number): Promise<number> {
  const { cpuMs } = await answer<{ cpuMs: number }>(await startBuilt('parse-process', [issues]));
  return cpuMs;
}

const least = <T>(all: readonly T[], of: (one: T) => number): T =>
  all.reduce((a, b) => (of(b) < of(a) ? b : a));

/**
 * Prints what a first dry night over issues without our labels costs besides reading their texts: user and system time
 * of the program alone, and requests.
 * @returns whether that is within what is promised
 */
export async function benchEconomy([issues = 5_000]: readonly number[]): Promise<boolean> {
  // Fewer than 500 are asked for those that lost their label as well: a list for each of our two labels.
  const requestsWanted = Math.ceil(issues / 100) + (issues < 500 ? 4 : 2);
  const allowedMs = (OTHER_CPU_MS * issues) / OTHER_CPU_ISSUES;
  console.log(`A dry run over ${issues} issues without our labels, 30 ms latency:`);
  const empty = await withSandbox(0, (dryRun) => dryRun({ output: true, state: true }));
  const readings: number[] = [];
  const runs = await withSandbox(issues, async (dryRun) => {
    // A sandbox that is new takes the other core for itself, and the two cores are often one.
    await dryRun(forms[0]);
    const taken: (Run & Form)[][] = forms.map(() => []);
    // All in turn, more than once: a neighbour on the machine slows each of them at some time.
    for (let turn = 0; turn < TURNS; turn += 1) {
      readings.push(await readingMs(issues));
      for (const [index, form] of forms.entries()) taken[index]?.push({ ...form, ...(await dryRun(form)) });
    }
    return taken.map((all) => least(all, ({ cpuMs }) => cpuMs));
  });
  const reading = Math.min(...readings);
  const table = new Table({
    head: ['', 'CPU s', 'besides start and reading s', 'times reading', 'requests'],
    style: { head: [], border: [] },
  });
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  table.push(['a run over nothing (start)', seconds(empty.cpuMs), '', '', empty.requests]);
  table.push(['reading the texts alone', seconds(reading), '', '', '']);
  const otherMs = ({ cpuMs }: Run): number => cpuMs - empty.cpuMs - reading;
  for (const run of runs)
    table.push([
      run.name,
      seconds(run.cpuMs),
      seconds(otherMs(run)),
      (otherMs(run) / reading).toFixed(2),
      run.requests,
    ]);
  console.log(table.toString());
  console.log(`  at most ${requestsWanted} requests and ${seconds(allowedMs)} s with --output are wanted`);
  return runs.every(
    (run) => run.code === 0 && run.requests <= requestsWanted && (run.state || otherMs(run) <= allowedMs),
  );
}
