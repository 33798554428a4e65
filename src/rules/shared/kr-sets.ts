import { groupBy } from '../../model/groups.ts';
import type { KrKeys } from '../../model/rule.ts';
import { collapsed } from '../../text/words.ts';
import { quote } from './words.ts';

export interface KrSet {
  /** `FY27 Q4`, and the OKR's title where it may be told: `FY27 Q4, “Calm Nights”`. */
  name: string;
  keys: KrKeys[];
}

/** The KRs of each quarter; one without a quarter in its title is in none. */
export const byQuarter: (keys: readonly KrKeys[]) => KrSet[] = onceForAll((keys) => {
  const groups = groupBy(keys, ({ fiscalYear, quarter }) =>
    fiscalYear === null || quarter === null ? null : `${fiscalYear}/${quarter}`,
  );
  return [...groups.values()].map((members) => ({ name: quarterOf(members), keys: members }));
});

/** The KRs of each OKR in each quarter, told apart by the reference in the title, whatever its case. */
export const byObjective: (keys: readonly KrKeys[]) => KrSet[] = onceForAll((keys) =>
  byQuarter(keys).flatMap(({ name, keys: ofQuarter }) => {
    const groups = groupBy(ofQuarter, ({ reference }) =>
      reference === null ? null : collapsed(reference).toLowerCase(),
    );
    return [...groups.values()].map((members) => ({
      name: `${name}, ${referenceOf(members)}`,
      keys: members,
    }));
  }),
);

/** All rules are asked about the same KRs, and there may be a hundred thousand. */
function onceForAll(sets: (keys: readonly KrKeys[]) => KrSet[]): (keys: readonly KrKeys[]) => KrSet[] {
  const known = new WeakMap<readonly KrKeys[], KrSet[]>();
  return (keys) => {
    const found = known.get(keys) ?? sets(keys);
    known.set(keys, found);
    return found;
  };
}

export function refsOf(keys: readonly KrKeys[]): string[] {
  return keys.map(({ ref }) => ref);
}

function quarterOf([first]: readonly KrKeys[]): string {
  return `FY${String((first?.fiscalYear ?? 0) % 100).padStart(2, '0')} Q${first?.quarter ?? ''}`;
}

/** Words of a confidential title are never told: the reference is named only when a public KR holds it too. */
function referenceOf(members: readonly KrKeys[]): string {
  const known = members.find(({ confidential }) => !confidential)?.reference;
  return known ? quote(known) : 'a confidential OKR';
}

/** The keys of a KR for an example: FY27 Q4, public, the rest as given. */
export function exampleKr(known: Pick<KrKeys, 'ref'> & Partial<KrKeys>): KrKeys {
  return {
    confidential: false,
    fiscalYear: 2027,
    quarter: 4,
    number: null,
    reference: null,
    okrUrl: null,
    people: [],
    ...known,
  };
}
