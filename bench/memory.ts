import { dryNights, type Night, nightTable } from './helpers/dry-nights.ts';
import { warmProgram } from './helpers/processes.ts';

const WARM_UPS = 2;
const ALLOWED = 1.2;

/**
 * Prints the most memory that the process of the built program has on dry nights, as the system counts it, after two
 * nights of the smallest size: what is compiled and remembered then is there on all of them.
 * @param sizes KRs and projects, alternating, the smallest first: `1000 10 100000 1000`
 * @returns whether no size needs more than a fifth more than the smallest
 */
export async function benchMemory(sizes: readonly number[]): Promise<boolean> {
  const [krs = 100, projects = 2] = sizes;
  const wanted = sizes.length === 0 ? [krs, projects, 10_000, 100] : sizes;
  const program = await warmProgram();
  const table = nightTable('to the smallest');
  let isGood = true;
  try {
    for (let nth = 0; nth < WARM_UPS; nth += 1) await dryNights({ krs, projects }, program.run);
    let smallest: Night[] = [];
    for (let at = 0; at < wanted.length; at += 2) {
      const size = { krs: wanted[at] ?? krs, projects: wanted[at + 1] ?? projects };
      const measured = await dryNights(size, program.run);
      if (at === 0) smallest = measured;
      for (const [nth, night] of measured.entries()) {
        const ratio = night.maxRssMiB / (smallest[nth] ?? night).maxRssMiB;
        isGood &&= night.code === 0 && ratio <= ALLOWED;
        table.add(night, ratio.toFixed(2));
      }
    }
  } finally {
    program.stop();
  }
  table.print();
  console.log(`  at most ${ALLOWED} times the smallest is wanted: ${isGood ? 'good' : 'NOT GOOD ENOUGH'}`);
  return isGood;
}
