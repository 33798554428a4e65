import { distance } from 'fastest-levenshtein';

const longest = 100;

/** Finds the name that was probably meant; null when none is near. */
export type Suggest = (written: string, known: Iterable<string>) => string | null;

/**
 * Looking for a name costs time in proportion to all names, so only the first `searches` are made: someone who sees
 * hundreds of dead links has another problem than their spelling.
 */
export function suggester(searches = 200): Suggest {
  let left = searches;
  return (written, known) => {
    if (left === 0) return null;
    left -= 1;
    return nearest(written, known);
  };
}

function nearest(written: string, known: Iterable<string>): string | null {
  const plain = written.toLowerCase();
  if (plain.length > longest) return null;
  let best: string | null = null;
  let least = Math.max(2, Math.floor(plain.length / 3)) + 1;
  for (const one of known) {
    // Lengths alone rule most of them out.
    if (one.length > longest || Math.abs(one.length - plain.length) >= least) continue;
    const steps = distance(plain, one.toLowerCase());
    if (steps < least) {
      best = one;
      least = steps;
    }
  }
  return best;
}

/** Words of a title or slug in one way: `Known Devices (v2)` as `known devices v2`. */
export const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
