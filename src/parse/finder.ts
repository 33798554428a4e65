/** A phrase that was found, and where. */
export interface Hit<T> {
  value: T;
  at: number;
  end: number;
}

export interface FinderOptions {
  /** Signs that must not be right before a phrase. */
  notBehind: string;
  /** Whether a phrase may end before a hyphen that a word follows: "not" in "not-for-profit". */
  endsAtHyphen: boolean;
}

/** @param plain a text in lower case, in which the phrases are looked for; @param written the text itself */
export type Finder<T> = (plain: string, written?: string) => Hit<T>[];

interface Phrase<T> {
  text: string;
  value: T;
}

const letter = /[\p{L}\p{N}]/u;
const ascii = Array.from({ length: 128 }, (_, code) => letter.test(String.fromCharCode(code)));
const isLetter = (text: string, at: number): boolean =>
  ascii[text.charCodeAt(at)] ?? (at < text.length && letter.test(text[at] as string));

/**
 * Finds phrases in a text, of several at one place the longest. They are looked up by their first word: one pattern for
 * all of them would have to try hundreds at every letter. Phrases that begin with a sign are not found.
 */
export function compileFinder<T>(
  phrases: readonly Phrase<T>[],
  { notBehind, endsAtHyphen }: FinderOptions,
): Finder<T> {
  const byFirst = new Map<string, Phrase<T>[]>();
  for (const phrase of phrases) {
    const first = phrase.text.slice(0, wordEnd(phrase.text, 0));
    byFirst.set(first, [...(byFirst.get(first) ?? []), phrase]);
  }
  for (const same of byFirst.values()) same.sort((a, b) => b.text.length - a.text.length);
  const endsAt = (text: string, at: number): boolean =>
    !isLetter(text, at) && text[at] !== '_' && (endsAtHyphen || text[at] !== '-' || !isLetter(text, at + 1));
  return (plain, written = plain) => {
    const found: Hit<T>[] = [];
    for (let at = 0; at < plain.length; ) {
      if (!isLetter(plain, at)) {
        at += 1;
        continue;
      }
      const end = wordEnd(plain, at);
      const known = byFirst.get(plain.slice(at, end));
      const phrase =
        known === undefined || (at > 0 && notBehind.includes(written[at - 1] as string))
          ? undefined
          : known.find(({ text }) => plain.startsWith(text, at) && endsAt(written, at + text.length));
      if (phrase === undefined) at = end;
      else {
        found.push({ value: phrase.value, at, end: at + phrase.text.length });
        at += phrase.text.length;
      }
    }
    return found;
  };
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (isLetter(text, at)) at += 1;
  return at;
}
