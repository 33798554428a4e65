import { CONFIDENTIAL } from '../records/redact.ts';

/** Shorter words are those of any text. */
export const shortest = 12;

/** Finds any of many texts in another one, in time that does not grow with how many there are. */
export interface Finder {
  /** The first that is there; null: none. */
  first(text: string): string | null;
  /** Each occurrence replaced, of several at one place the longest. */
  replaced(text: string): string;
}

interface Bucket {
  /** Of the texts with one beginning, the longest first. */
  lengths: number[];
  texts: Set<string>;
}

/** @param wanted texts of `shortest` characters or more */
export function createFinder(wanted: readonly string[]): Finder {
  const buckets = new Map<string, Bucket>();
  // Most places in a text can be passed over by their first characters alone.
  const mayBegin = new Uint8Array(1 << 16);
  for (const text of wanted) {
    const head = text.slice(0, shortest);
    const bucket = buckets.get(head) ?? { lengths: [], texts: new Set<string>() };
    bucket.texts.add(text);
    buckets.set(head, bucket);
    mayBegin[hashAt(text, 0)] = 1;
  }
  for (const bucket of buckets.values())
    bucket.lengths = [...new Set([...bucket.texts].map(({ length }) => length))].sort((a, b) => b - a);
  const at = (text: string, index: number): string | null => {
    if (mayBegin[hashAt(text, index)] === 0) return null;
    const bucket = buckets.get(text.slice(index, index + shortest));
    for (const length of bucket?.lengths ?? []) {
      const piece = text.slice(index, index + length);
      if (bucket?.texts.has(piece) === true) return piece;
    }
    return null;
  };
  return {
    first(text) {
      for (let index = 0; index + shortest <= text.length; index += 1) {
        const found = at(text, index);
        if (found !== null) return found;
      }
      return null;
    },
    replaced(text) {
      const pieces: string[] = [];
      let from = 0;
      for (let index = 0; index + shortest <= text.length; index += 1) {
        const found = at(text, index);
        if (found === null) continue;
        pieces.push(text.slice(from, index), CONFIDENTIAL);
        from = index + found.length;
        index = from - 1;
      }
      return pieces.length === 0 ? text : [...pieces, text.slice(from)].join('');
    },
  };
}

function hashAt(text: string, index: number): number {
  let hash = 0;
  for (let step = 0; step < 4; step += 1) hash = (hash * 31 + text.charCodeAt(index + step)) & 0xffff;
  return hash;
}
