import type { ByteLog } from '../../model/byte-log.ts';
import { createNumberList } from '../../model/number-list.ts';
import type { KrKeys } from '../../model/rule.ts';
import {
  createNumbering,
  createPacked,
  mapped,
  type Packed,
  rotated,
  type Sequence,
} from '../../model/sequence.ts';

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
  /** They are made again as they are asked for, until it is closed. */
  inOrder(): Sequence<KrKeys | null>;
  /** Nothing is asked for any more. */
  close(): void;
}

/** @param log where the keys are kept; left out: memory */
export function createKeyList(log?: ByteLog): KeyList {
  const packed = createPackedKeys(log);
  /** By the place: which of those that are packed; -1: none yet. */
  const indices = createNumberList();
  let first = 0;
  const at = (place: number): KrKeys | null => {
    const index = indices.at(place) ?? -1;
    return index < 0 ? null : (packed.at(index) ?? null);
  };
  return {
    place() {
      indices.push(-1);
      return indices.length - 1;
    },
    keep(place, found) {
      indices.set(place, packed.length);
      packed.push(found);
    },
    at,
    again() {
      first = indices.length;
    },
    inOrder() {
      const places = rotated(indices, first);
      const keysAt = (index: number): KrKeys | null => (index < 0 ? null : (packed.at(index) ?? null));
      return mapped(places, keysAt);
    },
    close: () => packed.close(),
  };
}

type PackedKr = [
  ref: [path: number, iid: string] | string,
  confidential: 0 | 1,
  fiscalYear: number | null,
  quarter: number | null,
  number: number | null,
  reference: string | null,
  okrUrl: string | null,
  people: number[],
];

function createPackedKeys(log?: ByteLog): Packed<KrKeys> {
  const numbering = createNumbering();
  return createPacked<KrKeys, PackedKr>(
    ({ ref, confidential, fiscalYear, quarter, number, reference, okrUrl, people }) => {
      const begin = ref.lastIndexOf('#') + 1;
      const iid = ref.slice(begin);
      return [
        begin > 0 && /^\d+$/.test(iid) ? [numbering.of(ref.slice(0, begin)), iid] : ref,
        confidential ? 1 : 0,
        fiscalYear,
        quarter,
        number,
        reference,
        okrUrl,
        people.map((name) => numbering.of(name)),
      ];
    },
    ([ref, confidential, fiscalYear, quarter, number, reference, okrUrl, people]) => ({
      ref: typeof ref === 'string' ? ref : `${numbering.text(ref[0])}${ref[1]}`,
      confidential: confidential === 1,
      fiscalYear,
      quarter,
      number,
      reference,
      okrUrl,
      people: people.map((name) => numbering.text(name)),
    }),
    log,
  );
}
