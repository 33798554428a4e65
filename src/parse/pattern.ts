/** A text as the source of a regular expression that matches it. */
export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The source of a regular expression that matches any of some words, the longest first; of no words nothing does. */
export const anyOf = (words: readonly string[]): string =>
  words.length === 0
    ? '(?!)'
    : `(?:${words
        .toSorted((a, b) => b.length - a.length)
        .map((word) => escaped(word).replaceAll(' ', '\\s+'))
        .join('|')})`;

/** Finds any of some words, none of them as part of a longer one. */
export const wordPattern = (words: readonly string[], flags: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${anyOf(words)}(?![\\p{L}\\p{N}])`, flags);
