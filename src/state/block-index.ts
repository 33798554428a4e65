import { createNumberList } from '../model/number-list.ts';

/** Where the block of each key begins, and how long it is: 24 bytes a block. */
export interface BlockIndex {
  readonly size: number;
  find(key: number): { begin: number; length: number } | null;
  keys(): Iterable<number>;
  /** As it is kept in a file. */
  bytes(): Buffer;
}

/** Three numbers for each block, one after the other: key, where it begins, how long it is. */
export interface BlockRows {
  readonly length: number;
  at(index: number): number | undefined;
  add(key: number, begin: number, length: number): void;
}

export function blockRows(): BlockRows {
  const numbers = createNumberList();
  return {
    get length() {
      return numbers.length;
    },
    at: (index) => numbers.at(index),
    add(...row) {
      for (const number of row) numbers.push(number);
    },
  };
}

/** @param rows of a key that comes twice the later one counts; a length of 0: there is none */
export function blockIndex(rows: BlockRows): BlockIndex {
  const count = rows.length / 3;
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  const keyAt = (at: number): number => rows.at(at * 3) ?? 0;
  order.sort((a, b) => keyAt(a) - keyAt(b) || a - b);
  const last = order.filter(
    (at, index) => keyAt(at) !== keyAt(order[index + 1] ?? -1) || index + 1 === count,
  );
  const kept = last.filter((at) => rows.at(at * 3 + 2) !== 0);
  const facts = new Float64Array(kept.length * 3);
  for (const [index, at] of kept.entries())
    for (let part = 0; part < 3; part += 1) facts[index * 3 + part] = rows.at(at * 3 + part) ?? 0;
  return indexOf(facts);
}

/**
 * An index as it was kept.
 * @param within the bytes of the file that hold blocks
 * @returns null for what is not one: keys that do not rise, blocks that are not within
 */
export function readBlockIndex(bytes: Buffer, within: { begin: number; end: number }): BlockIndex | null {
  if (bytes.length % 24 !== 0) return null;
  const facts = new Float64Array(bytes.length / 8);
  new Uint8Array(facts.buffer).set(bytes);
  let before = -1;
  for (let at = 0; at < facts.length; at += 3) {
    const [key = -1, begin = -1, length = -1] = facts.subarray(at, at + 3);
    const isWithin = begin >= within.begin && length > 0 && begin + length <= within.end;
    if (!isWithin || key <= before || ![key, begin, length].every(Number.isSafeInteger)) return null;
    before = key;
  }
  return indexOf(facts);
}

function indexOf(facts: Float64Array): BlockIndex {
  const size = facts.length / 3;
  const placeOf = (key: number): number => {
    let low = 0;
    let high = size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((facts[middle * 3] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return facts[low * 3] === key ? low : -1;
  };
  return {
    size,
    find(key) {
      const at = placeOf(key);
      return at < 0 ? null : { begin: facts[at * 3 + 1] ?? 0, length: facts[at * 3 + 2] ?? 0 };
    },
    *keys() {
      for (let at = 0; at < size; at += 1) yield facts[at * 3] ?? 0;
    },
    bytes: () => Buffer.from(facts.buffer, facts.byteOffset, facts.byteLength),
  };
}
