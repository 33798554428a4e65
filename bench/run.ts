import Table from 'cli-table3';
import { dryNights, type Night } from './helpers/dry-nights.ts';
import { answer, program, start } from './helpers/processes.ts';

/** Reading more texts by themselves tells nothing new. */
const PARSED_APART = 20_000;

/** Reading the texts of so many KRs by itself, of what a first night takes. */
const readingMs = async (krs: number): Promise<number> =>
  (await answer<{ cpuMs: number }>(start('parse-process', [krs]))).cpuMs;

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
  const measured: (Night & { reading: string })[] = [];
  for (let at = 0; at < wanted.length; at += 2) {
    const size = { krs: wanted[at] ?? 1, projects: wanted[at + 1] ?? 1 };
    const reading = size.krs > PARSED_APART ? '–' : seconds(await readingMs(size.krs));
    const [first, quiet] = await dryNights(size, program);
    if (first !== undefined) measured.push({ ...first, reading });
    if (quiet !== undefined) measured.push({ ...quiet, reading: '–' });
  }
  for (const { krs, projects, night, code, wallMs, cpuMs, reading, requests, maxRssMiB } of measured) {
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
}
