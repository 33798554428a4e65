import type { Stopped } from '../../model/memory.ts';
import { createNumberSet } from '../../model/number-set.ts';
import type { SourceFailure } from '../../model/report.ts';
import type { Scanned, ScannedIssue } from '../../scan/scan.ts';

/** An issue whose turn it is, with its position among all that a scan meets; or what a scan says besides. */
export type Turn =
  | { scanned: ScannedIssue; order: number }
  | { failure: SourceFailure }
  /** Those that an earlier night did not reach are over; from here on come those before them. */
  | { again: true };

/**
 * The issues of a scan in the order in which a night looks at them: those first that the night before did not come to,
 * then, in a second scan that ends where the first began, all others. So a night that is too short for all leaves out others than the last one did. No
 * issue comes twice, and in memory are their ids.
 * @param stopped where the last run stopped; null: it came to its end, and the order is that of the scan
 */
export async function* inTurn(
  scanOnce: () => AsyncIterable<Scanned>,
  stopped: Stopped | null,
): AsyncGenerator<Turn> {
  const done = createNumberSet();
  const told = new Set<string>();
  /** The id of the one that came first; all that a scan meets after it have had their turn. */
  let first: number | null = null;
  for (const part of stopped === null ? (['all'] as const) : (['from there', 'others'] as const)) {
    let order = 0;
    let isReached = part !== 'from there';
    if (part === 'others') yield { again: true };
    for await (const scanned of scanOnce()) {
      if ('failure' in scanned) {
        const { source, message } = scanned.failure;
        if (!told.has(`${source}\n${message}`)) yield scanned;
        told.add(`${source}\n${message}`);
        continue;
      }
      if (part === 'others' && scanned.issue.id === first) break;
      order += 1;
      isReached ||= isWhere(stopped, scanned, order);
      if (!isReached || done.has(scanned.issue.id)) continue;
      if (part === 'from there') {
        first ??= scanned.issue.id;
        done.add(scanned.issue.id);
      }
      yield { scanned, order };
    }
  }
}

/** Where issues before it were closed meanwhile it comes earlier; where it was closed itself, its position counts. */
function isWhere(stopped: Stopped | null, { issue }: ScannedIssue, order: number): boolean {
  if (stopped === null) return true;
  return order >= stopped.order || (issue.projectId === stopped.projectId && issue.iid === stopped.iid);
}

/** Remembers which issue of a night is the first that was not reached. */
export interface StopTally {
  /** It is the turn of an issue; the number it gets counts turns. */
  next(turn: { scanned: ScannedIssue; order: number }): number;
  /** That one could not be looked at, as no request can succeed any more. */
  missed(nth: number): void;
  /** Where the next night begins, once no request could succeed any more. */
  stopped(): Stopped | null;
}

/** @param before where the last run stopped */
export function createStopTally(before: Stopped | null): StopTally {
  const turns = new Map<number, Stopped>();
  let last = 0;
  let first: number | null = null;
  let end: Stopped | null = before;
  return {
    next({ scanned: { issue }, order }) {
      last += 1;
      turns.set(last, { projectId: issue.projectId, iid: issue.iid, order });
      // More than can be in the works at a time: what is older has been looked at.
      turns.delete(last - KEPT);
      end = { projectId: 0, iid: 0, order: order + 1 };
      return last;
    },
    missed(nth) {
      if (first === null || nth < first) first = nth;
    },
    stopped: () => (first === null ? end : (turns.get(first) ?? end)),
  };
}

const KEPT = 10_000;
