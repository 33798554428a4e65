import { copied } from '../text/copied.ts';

/** Things in an order, read one by one: an array, or something smaller that makes each anew when it is asked for. */
export interface Sequence<T> {
  readonly length: number;
  at(index: number): T | undefined;
  [Symbol.iterator](): Iterator<T>;
}

/** A sequence that grows and keeps each thing as a short text. */
export interface Packed<T> extends Sequence<T> {
  push(item: T): void;
}

/**
 * @param pack to something that JSON can hold, the smaller the better
 * @param unpack the same thing again
 */
export function createPacked<T, P>(pack: (item: T) => P, unpack: (packed: P) => T): Packed<T> {
  const texts: string[] = [];
  const read = (text: string): T => unpack(JSON.parse(text) as P);
  /** Anyone who decides about one thing asks for it several times in a row. */
  let last: { index: number; item: T } | null = null;
  return {
    get length() {
      return texts.length;
    },
    push: (item) => void texts.push(JSON.stringify(pack(item))),
    at(index) {
      const text = texts[index];
      if (text === undefined) return undefined;
      if (last?.index !== index) last = { index, item: read(text) };
      return last.item;
    },
    *[Symbol.iterator]() {
      for (const text of texts) yield read(text);
    },
  };
}

/** Gives numbers to texts that many things have in common: names of people, paths of projects. */
export interface Numbering {
  of(text: string): number;
  text(number: number): string;
}

export function createNumbering(): Numbering {
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  return {
    of(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      const own = copied(text);
      numbers.set(own, texts.length);
      return texts.push(own) - 1;
    },
    text: (number) => texts[number] ?? '',
  };
}
