import { copied } from '../text/copied.ts';
import { type ByteLog, createByteLog } from './byte-log.ts';
import { createNumberList } from './number-list.ts';

/** Things in an order, read one by one: an array, or something smaller that makes each again when it is asked for. */
export interface Sequence<T> {
  readonly length: number;
  at(index: number): T | undefined;
  [Symbol.iterator](): Iterator<T>;
}

/** The first things, at most so many; the others are not made. */
export function firstFew<T>(all: Sequence<T>, most: number): T[] {
  return Array.from({ length: Math.min(most, all.length) }, (_, index) => all.at(index) as T);
}

/** The same things, begun with the one at `start`; those before it come last. */
export function rotated<T>(all: Sequence<T>, start: number): Sequence<T> {
  const { length } = all;
  if (start === 0 || start >= length) return all;
  return {
    length,
    at: (index) => (index < 0 || index >= length ? undefined : all.at((index + start) % length)),
    *[Symbol.iterator]() {
      for (let index = 0; index < length; index += 1) yield all.at((index + start) % length) as T;
    },
  };
}

/** The same things in another form, made when they are asked for. */
export function mapped<T, U>(all: Sequence<T>, form: (item: T) => U): Sequence<U> {
  return {
    length: all.length,
    at: (index) => (index < 0 || index >= all.length ? undefined : form(all.at(index) as T)),
    *[Symbol.iterator]() {
      for (const item of all) yield form(item);
    },
  };
}

/** A sequence that grows and keeps each thing as a short text, outside of what a garbage collector looks through. */
export interface Packed<T> extends Sequence<T> {
  push(item: T): void;
  /** Nothing is asked for any more. */
  close(): void;
}

/**
 * @param pack to something that JSON can hold, the smaller the better
 * @param unpack the same thing again
 * @param log where the texts are; left out: memory
 */
export function createPacked<T, P>(
  pack: (item: T) => P,
  unpack: (packed: P) => T,
  log: ByteLog = createByteLog(),
): Packed<T> {
  /** Where each ends. */
  const ends = createNumberList();
  const read = (index: number): T => {
    const bytes = log.read(ends.at(index - 1) ?? 0, ends.at(index) ?? 0);
    return unpack(JSON.parse(bytes.toString('utf8')) as P);
  };
  /** A decision about one item asks for it several times in a row. */
  let last: { index: number; item: T } | null = null;
  return {
    get length() {
      return ends.length;
    },
    push: (item) => ends.push(log.appendText(JSON.stringify(pack(item)))),
    close: () => log.close(),
    at(index) {
      if (index < 0 || index >= ends.length) return undefined;
      if (last?.index !== index) last = { index, item: read(index) };
      return last.item;
    },
    *[Symbol.iterator]() {
      for (let index = 0; index < ends.length; index += 1) yield read(index);
    },
  };
}

/** Things that are made once, for later. @param openLog where they are kept; left out: memory */
export function kept<T>(things: Iterable<T>, openLog?: () => ByteLog): Sequence<T> {
  if (openLog === undefined) return [...things];
  const packed = createPacked<T, T>(
    (thing) => thing,
    (thing) => thing,
    openLog(),
  );
  for (const thing of things) packed.push(thing);
  return packed;
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
