import { createInterner, type Interner } from '../../model/intern.ts';
import type { KrKeys } from '../../model/rule.ts';
import { copied } from '../../text/copied.ts';

/**
 * What set rules want of each KR, by the order of the scan, whatever is done first: two runs over the same issues say
 * the same.
 */
export interface KeyList {
  /** A place for the next KR. */
  place(): number;
  keep(place: number, keys: KrKeys): void;
  at(place: number): KrKeys | null;
  /** What gets a place now comes, in the order of the scan, before all that have one. */
  again(): void;
  inOrder(): (KrKeys | null)[];
}

export function createKeyList(): KeyList {
  const keys: (KrKeys | null)[] = [];
  const interner = createInterner();
  let first = 0;
  return {
    place: () => keys.push(null) - 1,
    keep: (place, found) => void keys.splice(place, 1, smaller(found, interner)),
    at: (place) => keys[place] ?? null,
    again() {
      first = keys.length;
    },
    inOrder: () => [...keys.slice(first), ...keys.slice(0, first)],
  };
}

/** The same keys, with what many KRs have in common kept once. */
function smaller(keys: KrKeys, intern: Interner): KrKeys {
  const { reference, okrUrl, people } = keys;
  return {
    ...keys,
    reference: reference === null ? null : intern.text(reference),
    okrUrl: okrUrl === null ? null : copied(okrUrl),
    people: intern.texts(people),
  };
}
