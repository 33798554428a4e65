import { grouping } from '../../model/grouping.ts';
import type { KrKeys } from '../../model/rule.ts';
import type { Sequence } from '../../model/sequence.ts';
import { collapsed } from '../../text/words.ts';
import { quote } from './words.ts';

export interface KrSet<Keys = Sequence<KrKeys>> {
  /** `FY27 Q4`, and the OKR's title where it may be told: `FY27 Q4, “Calm Nights”`. */
  name: string;
  keys: Keys;
}

/** The KRs of each quarter; one without a quarter in its title is in none. */
export const byQuarter: (keys: Sequence<KrKeys>) => KrSet[] = onceForAll((keys) =>
  Array.from(
    grouping(keys, ({ fiscalYear, quarter }) =>
      fiscalYear === null || quarter === null ? null : `${fiscalYear}/${quarter}`,
    ),
    (members) => ({ name: quarterOf(members.at(0)), keys: members }),
  ),
);

/**
 * The KRs of each OKR in each quarter, told apart by the reference in the title, whatever its case; one OKR after the
 * other, so that no more are held.
 */
export function* byObjective(keys: Sequence<KrKeys>): Generator<KrSet<KrKeys[]>> {
  for (const { name, keys: ofQuarter } of byQuarter(keys)) {
    for (const group of objectives(ofQuarter)) {
      const members = [...group];
      yield { name: `${name}, ${referenceOf(members)}`, keys: members };
    }
  }
}

const objectives = onceForAll((ofQuarter) =>
  grouping(ofQuarter, ({ reference }) => (reference === null ? null : collapsed(reference).toLowerCase())),
);

/** All rules are asked about the same KRs, and there may be a hundred thousand. */
function onceForAll<R>(sets: (keys: Sequence<KrKeys>) => R): (keys: Sequence<KrKeys>) => R {
  const known = new WeakMap<Sequence<KrKeys>, R>();
  return (keys) => {
    const found = known.get(keys) ?? sets(keys);
    known.set(keys, found);
    return found;
  };
}

export function refsOf(keys: Iterable<KrKeys>): string[] {
  return Array.from(keys, ({ ref }) => ref);
}

function quarterOf(first: KrKeys | undefined): string {
  return `FY${String((first?.fiscalYear ?? 0) % 100).padStart(2, '0')} Q${first?.quarter ?? ''}`;
}

/** Words of a confidential title are never told: the reference is named only when a public KR holds it too. */
function referenceOf(members: readonly KrKeys[]): string {
  const known = members.find(({ confidential }) => !confidential)?.reference;
  return known ? quote(known) : 'a confidential OKR';
}

/** The keys of `sec/okrs#1`, `sec/okrs#2` … for an example: FY27 Q4, public, the rest as given. */
export function exampleKrs(...known: Partial<KrKeys>[]): KrKeys[] {
  return known.map((one, index) => ({
    ref: `sec/okrs#${index + 1}`,
    confidential: false,
    fiscalYear: 2027,
    quarter: 4,
    number: null,
    reference: null,
    okrUrl: null,
    people: [],
    ...one,
  }));
}
