import { groupBy } from './groups.ts';
import { createNumberList } from './number-list.ts';
import { numberOf } from './number-set.ts';
import type { Sequence } from './sequence.ts';

/**
 * Groups of a long sequence, in the order in which each comes first. Only numbers are kept of them: the items of a group
 * are asked for again, so a hundred thousand may be compared without holding them.
 * @param keyOf items with the same text are of one group; null: of none
 * @param hashOf a number for each text; where texts share one, they are told apart all the same
 */
export function grouping<T>(
  items: Sequence<T>,
  keyOf: (item: T) => string | null,
  hashOf: (key: string) => number = numberOf,
): Iterable<Sequence<T>> {
  const hashes = createNumberList();
  const members = createNumberList();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) {
      hashes.push(hashOf(key));
      members.push(index);
    }
    index += 1;
  }
  const hashAt = (at: number): number => hashes.at(at) ?? 0;
  const memberAt = (at: number): number => members.at(at) ?? 0;
  const sorted = numbersBelow(members.length);
  sorted.sort((a, b) => hashAt(a) - hashAt(b) || a - b);
  const begins = createNumberList();
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && hashAt(sorted[to] ?? 0) === hashAt(sorted[from] ?? 0)) to += 1;
    for (const at of toldApart(sorted.subarray(from, to), (one) => keyOf(items.at(memberAt(one)) as T)))
      begins.push(from + at);
    from = to;
  }
  const firstOf = (group: number): number => sorted[begins.at(group) ?? 0] ?? 0;
  const groups = numbersBelow(begins.length);
  groups.sort((a, b) => firstOf(a) - firstOf(b));
  return {
    *[Symbol.iterator]() {
      for (const group of groups) {
        const range = sorted.subarray(begins.at(group), begins.at(group + 1) ?? sorted.length);
        yield part(items, range.map(memberAt));
      }
    },
  };
}

/**
 * Sorts those with the same hash by their keys, and says where each group begins. Anyone can write two texts with the
 * same hash, so they are compared.
 */
function toldApart(range: Uint32Array, keyAt: (one: number) => string | null): number[] {
  const [first = 0, ...rest] = range;
  const key = rest.length === 0 ? null : keyAt(first);
  if (rest.every((one) => keyAt(one) === key)) return [0];
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

function numbersBelow(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let number = 0; number < count; number += 1) numbers[number] = number;
  return numbers;
}
