/** Where the block of each key begins, and how long it is: 24 bytes a block. */
export interface BlockIndex {
  readonly size: number;
  find(key: number): { begin: number; length: number } | null;
  keys(): Iterable<number>;
  entries(): Iterable<readonly [key: number, begin: number, length: number]>;
}

/** @param rows of a key that comes twice the later one counts; a length of 0: there is none */
export function blockIndex(rows: readonly number[]): BlockIndex {
  const count = rows.length / 3;
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  const keyAt = (at: number): number => rows[at * 3] ?? 0;
  order.sort((a, b) => keyAt(a) - keyAt(b) || a - b);
  const last = order.filter(
    (at, index) => keyAt(at) !== keyAt(order[index + 1] ?? -1) || index + 1 === count,
  );
  const kept = last.filter((at) => rows[at * 3 + 2] !== 0);
  const facts = new Float64Array(kept.length * 3);
  for (const [index, at] of kept.entries())
    for (let part = 0; part < 3; part += 1) facts[index * 3 + part] = rows[at * 3 + part] ?? 0;
  const indexOf = (key: number): number => {
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((facts[middle * 3] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return facts[low * 3] === key ? low : -1;
  };
  const size = kept.length;
  return {
    size,
    find(key) {
      const at = indexOf(key);
      return at < 0 ? null : { begin: facts[at * 3 + 1] ?? 0, length: facts[at * 3 + 2] ?? 0 };
    },
    *keys() {
      for (let at = 0; at < size; at += 1) yield facts[at * 3] ?? 0;
    },
    *entries() {
      for (let at = 0; at < size; at += 1)
        yield [facts[at * 3] ?? 0, facts[at * 3 + 1] ?? 0, facts[at * 3 + 2] ?? 0];
    },
  };
}
