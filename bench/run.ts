import { dryNights, nightTable } from './helpers/dry-nights.ts';
import { answer, program, startBuilt } from './helpers/processes.ts';

/** Reading more texts by themselves tells nothing new. */
const PARSED_APART = 20_000;

/** Reading the texts of so many KRs by itself, of what a first night takes. */
const readingMs = async (krs: number): Promise<number> =>
  (await answer<{ cpuMs: number }>(await startBuilt('parse-process', [krs]))).cpuMs;

/**
 * Prints wall time, CPU time, requests and peak memory of dry nights of the built program (`npm run build` first),
 * with a report and a state file.
 * @param sizes KRs and projects, alternating: `1000 10 100000 1000`; a last number without projects is in one
 */
export async function benchRun(sizes: readonly number[]): Promise<void> {
  const wanted = sizes.length === 0 ? [1_000, 1, 10_000, 1] : sizes;
  const table = nightTable('of the CPU reading s');
  for (let at = 0; at < wanted.length; at += 2) {
    const size = { krs: wanted[at] ?? 1, projects: wanted[at + 1] ?? 1 };
    const reading = size.krs > PARSED_APART ? '–' : ((await readingMs(size.krs)) / 1000).toFixed(1);
    for (const [nth, night] of (await dryNights(size, program)).entries())
      table.add(night, nth === 0 ? reading : '–');
  }
  table.print();
}
