import { copied } from './copied.ts';

/**
 * Remembers what a pure function of a short text gave: headings, labels and dates come again in every document.
 * Forgets everything when it has grown too large.
 */
export function memo<T>(
  compute: (text: string) => T,
  limits = { entries: 5000, length: 120 },
): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > limits.length) return compute(text);
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    if (known.size >= limits.entries) known.clear();
    // What is kept must not hold the document that it was cut out of.
    const own = copied(text);
    const value = compute(own);
    known.set(own, value);
    return value;
  };
}
