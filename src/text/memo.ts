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
    const value = compute(text);
    known.set(text, value);
    return value;
  };
}
