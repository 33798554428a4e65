import type { SetFinding } from '../model/finding.ts';
import { part } from '../model/grouping.ts';
import type { KrKeys, Policy } from '../model/rule.ts';
import type { Sequence } from '../model/sequence.ts';

/** How much was seen: every KR, not all of them (something could not be read), or one that was picked out. */
export type SetReading = 'whole' | 'partial' | 'one-issue';

export interface SetVerdict {
  /** Made as they are asked for, once. */
  findings: Iterable<SetFinding>;
  /** What a reader of the report has to know about rules that were not evaluated, or not fully. */
  warnings: string[];
}

/**
 * What the set rules say of all KRs together. Of a set that was read in part, only what rests on KRs that are there:
 * a KR that was not read is not missing. Of one issue, nothing.
 * @param keys in the order in which the KRs were read; null for one that could not be evaluated
 */
export function checkSets(
  { setRules }: Pick<Policy, 'setRules'>,
  keys: Sequence<KrKeys | null>,
  reading: SetReading,
): SetVerdict {
  if (setRules.length === 0) return { findings: [], warnings: [] };
  if (reading === 'one-issue') return { findings: [], warnings: [onlyOneIssue] };
  const known = allKnown(keys);
  const isWhole = reading === 'whole' && known.length === keys.length;
  return { findings: findingsOf(setRules, known, isWhole), warnings: isWhole ? [] : [notEverything] };
}

function* findingsOf(
  setRules: Policy['setRules'],
  keys: Sequence<KrKeys>,
  isWhole: boolean,
): Generator<SetFinding> {
  for (const rule of setRules)
    for (const { absence, message, refs } of rule.check(keys))
      if (isWhole || absence !== true) yield { rule: rule.id, severity: rule.severity, message, refs };
}

/**
 * Each rule asks for all keys, more than once: so many are held meanwhile, which takes a few megabytes. Where there are
 * more, they are made again as they are asked for.
 */
const mostHeld = 10_000;

/** Without those that are null. */
function allKnown(keys: Sequence<KrKeys | null>): Sequence<KrKeys> {
  if (keys.length <= mostHeld) return [...keys].filter((key) => key !== null);
  const positions: number[] = [];
  let position = 0;
  for (const key of keys) {
    if (key !== null) positions.push(position);
    position += 1;
  }
  return part(keys, Uint32Array.from(positions)) as Sequence<KrKeys>;
}

const onlyOneIssue = 'Rules over several KRs were not evaluated, because only one issue was read.';

const notEverything =
  'Not every KR could be read, so rules over several KRs were evaluated in part only: a gap in the numbers or too few KRs may be due to what was not read and is not reported.';
