import { distance } from 'fastest-levenshtein';

/** The name that was probably meant, or null when none is near. */
export function nearest(written: string, known: readonly string[]): string | null {
  if (written.length > 80) return null;
  const plain = normal(written);
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(plain.length / 3)) + 1;
  for (const name of known) {
    if (name === written) continue;
    const other = normal(name);
    const abbreviated = plain.length >= 3 && other.startsWith(plain);
    const steps = abbreviated ? 1 : distance(plain, other);
    if (steps < bestDistance) {
      best = name;
      bestDistance = steps;
    }
  }
  return best;
}

/** `maxFindings`, `max_findings` and `Max-Findings` are all meant as `max-findings`. */
function normal(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[_ ]/g, '-')
    .toLowerCase();
}
