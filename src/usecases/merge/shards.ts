import { groupBy } from '../../model/groups.ts';
import type { ShardReport } from './pile.ts';

/** A report as it was given: its file, and what was read, or why it could not be. */
export interface GivenReport {
  name: string;
  report: ShardReport | { problem: string };
}

/** The reports that belong together, and in words what is missing. */
export interface Shards {
  reports: ShardReport[];
  total: number;
  incomplete: string[];
}

/**
 * Sorts out which reports belong together: those of the same policy, clock and number of shards that most of them
 * have, each shard once; those of the policy at hand before all others. What is missing, doubled or of another night
 * is named, so that nothing incomplete looks complete.
 * @param policy hash of the policy at hand; left out: any
 * @returns null when none of the reports is one of a shard
 */
export function sortShards(given: readonly GivenReport[], policy?: string): Shards | null {
  const incomplete: string[] = [];
  const shards: { name: string; report: ShardReport; index: number; total: number }[] = [];
  for (const { name, report } of given) {
    if ('problem' in report) incomplete.push(report.problem);
    else if (report.shard == null) incomplete.push(`${name} is not the report of a shard`);
    else shards.push({ name, report, ...report.shard });
  }
  const groups = groupBy(shards, nightOf);
  // Of two of a size the one that was named first: the order of the command line is the only other thing known.
  const isOurs = ([shard]: readonly { report: ShardReport }[]): number =>
    Number(policy !== undefined && shard?.report.policy === policy);
  const [most] = [...groups.values()].sort((a, b) => isOurs(b) - isOurs(a) || b.length - a.length);
  const first = most?.[0];
  if (most === undefined || first === undefined) return null;
  for (const { name, report, total } of shards)
    if (nightOf({ report, total }) !== nightOf(first))
      incomplete.push(`${name} is of another policy, clock or number of shards and was left out`);
  const byIndex = new Map<number, (typeof shards)[number]>();
  for (const shard of most) {
    const known = byIndex.get(shard.index);
    if (known === undefined) byIndex.set(shard.index, shard);
    else
      incomplete.push(`shard ${shard.index}/${shard.total} is there twice: ${known.name} and ${shard.name}`);
  }
  for (let index = 1; index <= first.total; index += 1)
    if (!byIndex.has(index)) incomplete.push(`shard ${index}/${first.total} is missing`);
  const reports = [...byIndex].toSorted(([a], [b]) => a - b).map(([, { report }]) => report);
  return { reports, total: first.total, incomplete };
}

const nightOf = ({ report, total }: { report: ShardReport; total: number }): string =>
  JSON.stringify([report.policy ?? null, report.generatedAt, report.mode, total]);
