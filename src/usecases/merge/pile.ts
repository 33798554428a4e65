import { createNumberList } from '../../model/number-list.ts';
import type { RunSummary, SubjectReport } from '../../model/report.ts';
import { createNotReachedTally } from '../run/not-reached.ts';
import { createSkippedTally } from '../run/skipped-rules.ts';

/** Where texts are put aside, and read again one by one in any order. */
export interface Spool {
  add(text: string): Promise<void>;
  text(index: number): Promise<string>;
}

/** The report of a shard but for its subjects, which are on the pile. */
export interface ShardReport extends RunSummary {
  /** The first of its subjects on the pile, and the one behind its last. */
  from: number;
  to: number;
  /** What it warns of besides what is counted again over all shards. */
  ownWarnings: string[];
}

/** The subjects of all shards: not in memory, however many there are. */
export interface Pile {
  /**
   * Puts the subjects of a report aside.
   * @param read hands out one subject after the other, then tells the rest of the report; null: it could not
   */
  take(
    read: (put: (subject: SubjectReport) => Promise<void>) => Promise<RunSummary | null>,
  ): Promise<ShardReport | null>;
  /** The subjects of these reports, as one run would have met them; as often as they are asked for. */
  inOrder(reports: readonly ShardReport[]): AsyncIterable<SubjectReport>;
}

export function createPile(spool: Spool): Pile {
  /** By the position on the pile: the position in the scan. */
  const orders = createNumberList();
  const subjectAt = async (index: number): Promise<SubjectReport> =>
    JSON.parse(await spool.text(index)) as SubjectReport;
  return {
    async take(read) {
      const from = orders.length;
      const tallies = [createSkippedTally(), createNotReachedTally()];
      const summary = await read(async (subject) => {
        for (const tally of tallies) tally.add(subject);
        orders.push(subject.order ?? 0);
        await spool.add(JSON.stringify(subject));
      });
      if (summary === null) return null;
      const counted = new Set(tallies.flatMap((tally) => tally.warnings()));
      const ownWarnings = summary.warnings.filter((warning) => !counted.has(warning));
      return { ...summary, from, to: orders.length, ownWarnings };
    },
    async *inOrder(reports) {
      const orderOf = (index: number): number => orders.at(index) ?? 0;
      const chosen = Uint32Array.from(reports.flatMap(({ from, to }) => range(from, to)));
      chosen.sort((a, b) => orderOf(a) - orderOf(b) || a - b);
      for (let at = 0; at < chosen.length; ) {
        let end = at + 1;
        while (end < chosen.length && orderOf(chosen[end] ?? 0) === orderOf(chosen[at] ?? 0)) end += 1;
        // Where issues came and went between the scans of two shards, several may have one position.
        yield* end - at === 1
          ? [await subjectAt(chosen[at] ?? 0)]
          : await byReference(chosen.subarray(at, end), subjectAt);
        at = end;
      }
    },
  };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

async function byReference(
  indices: Uint32Array,
  subjectAt: (index: number) => Promise<SubjectReport>,
): Promise<SubjectReport[]> {
  const subjects: SubjectReport[] = [];
  for (const index of indices) subjects.push(await subjectAt(index));
  return subjects.toSorted((a, b) => (a.ref < b.ref ? -1 : 1));
}
