/** A set of numbers that takes some sixteen bytes for each and nothing that the garbage collector has to look through. */
export interface NumberSet {
  has(number: number): boolean;
  /** @returns false: it was there already */
  add(number: number): boolean;
  readonly size: number;
}

/** Open addressing in a table at most three quarters full; an empty place holds NaN. */
export function createNumberSet(): NumberSet {
  let table = new Float64Array(64).fill(Number.NaN);
  let size = 0;
  const grow = (): void => {
    const old = table;
    table = new Float64Array(old.length * 2).fill(Number.NaN);
    for (const number of old) if (!Number.isNaN(number)) table[placeIn(table, number)] = number;
  };
  return {
    has: (number) => table[placeIn(table, number)] === number,
    add(number) {
      const place = placeIn(table, number);
      if (table[place] === number) return false;
      table[place] = number;
      size += 1;
      if (size * 4 > table.length * 3) grow();
      return true;
    },
    get size() {
      return size;
    },
  };
}

/** Where the number is, or would be. */
function placeIn(table: Float64Array, number: number): number {
  const mask = table.length - 1;
  const high = Math.floor(number / 2 ** 32);
  const mixed = Math.imul((number | 0) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  let place = (mixed ^ (mixed >>> 15)) & mask;
  for (;;) {
    const found = table[place] as number;
    if (found === number || Number.isNaN(found)) return place;
    place = (place + 1) & mask;
  }
}

/**
 * A number of 53 bits for a text, the same for the same text: where it is enough that two texts have different numbers
 * in all likelihood (one in ten million, among a hundred thousand texts), and no one gains by making them alike.
 */
export function numberOf(text: string): number {
  let one = 0xdeadbeef;
  let other = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x9e3779b1);
    other = Math.imul(other ^ code, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  other = Math.imul(other ^ (other >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return (other & 0x1fffff) * 2 ** 32 + (one >>> 0);
}
