import { groupBy } from './groups.ts';
import { createNumberList, type NumberList } from './number-list.ts';
import { numberOf } from './number-set.ts';
import type { Sequence } from './sequence.ts';

/**
 * Groups of a long sequence, in the order in which each comes first. Only numbers are kept of them: the items of a group
 * are asked for again, so a hundred thousand may be compared without holding them.
 * @param keyOf items with the same text are of one group; null: of none
 * @param hashOf a whole number for each text; where texts share one, they are told apart all the same
 */
export function grouping<T>(
  items: Sequence<T>,
  keyOf: (item: T) => string | null,
  hashOf: (key: string) => number = numberOf,
): Iterable<Sequence<T>> {
  const bits = Math.ceil(Math.log2(items.length + 2));
  /** Hash and position make one number, and numbers are sorted in place. */
  const numbers = createNumberList();
  const positions = 2 ** bits;
  const hashes = 2 ** (53 - bits);
  let index = 0;
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) numbers.push((Math.abs(hashOf(key)) % hashes) * positions + index);
    index += 1;
  }
  const sorted = arrayOf(numbers).sort();
  const hashAt = (at: number): number => Math.floor((sorted[at] ?? 0) / positions);
  const members = new Uint32Array(sorted.length);
  for (let at = 0; at < sorted.length; at += 1) members[at] = (sorted[at] ?? 0) % positions;
  const begins = createNumberList(Uint32Array);
  for (let from = 0; from < members.length; ) {
    let to = from + 1;
    while (to < members.length && hashAt(to) === hashAt(from)) to += 1;
    for (const at of toldApart(members.subarray(from, to), (one) => keyOf(items.at(one) as T)))
      begins.push(from + at);
    from = to;
  }
  /** Groups in the order of their first members, in the same way. */
  const groups = new Float64Array(begins.length);
  for (let group = 0; group < groups.length; group += 1)
    groups[group] = (members[begins.at(group) ?? 0] ?? 0) * positions + group;
  groups.sort();
  return {
    *[Symbol.iterator]() {
      for (const number of groups) {
        const group = number % positions;
        yield part(items, members.subarray(begins.at(group), begins.at(group + 1) ?? members.length));
      }
    },
  };
}

/**
 * Sorts those with the same hash by their keys, and says where each group begins. Anyone can write two texts with the
 * same hash, so they are compared.
 */
function toldApart(range: Uint32Array, keyAt: (one: number) => string | null): number[] {
  const [first = 0] = range;
  const key = range.length === 1 ? null : keyAt(first);
  if (range.length === 1 || range.every((one) => keyAt(one) === key)) return [0];
  const groups = [...groupBy([...range], keyAt).values()];
  range.set(groups.flat());
  let begin = 0;
  return groups.map((group) => (begin += group.length) - group.length);
}

/** Some items of a sequence, by their positions. */
export function part<T>(items: Sequence<T>, positions: Uint32Array): Sequence<T> {
  const { length } = positions;
  return {
    length,
    at: (index) => (index < 0 || index >= length ? undefined : items.at(positions[index] ?? 0)),
    *[Symbol.iterator]() {
      for (const position of positions) yield items.at(position) as T;
    },
  };
}

function arrayOf(numbers: NumberList): Float64Array {
  const array = new Float64Array(numbers.length);
  for (let at = 0; at < array.length; at += 1) array[at] = numbers.at(at) ?? 0;
  return array;
}
