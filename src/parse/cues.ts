import type { Words } from './lexicon.ts';

/** A word next to a value that says what the value is: `not`, `was`, `due` … */
export interface Cue {
  id: string;
  /** Where it begins and ends in the text that was searched. */
  at: number;
  end: number;
}

/** The words around a value: what speaks for it, and what against it. */
export interface Cues {
  /**
   * The cue nearest to the end of a text, if only a few words are between the two.
   * @param close only articles, prepositions and a weekday may be: in a sentence words speak of other things too
   */
  before(text: string, ids: readonly string[], close?: boolean): Cue | null;
  /** The cue a text begins with. */
  behind(text: string, ids: readonly string[]): Cue | null;
  /** The last cue anywhere in a text. */
  within(text: string, ids: readonly string[]): Cue | null;
}

/** So far is looked; beyond that a word says nothing of the value. */
const reach = 60;
/** Words and signs that may be between a cue and its value. */
const small = /^(?:[^\S\n]|[:=~≈,.@(["'“„*_–—-]|\p{L}{1,12}(?![\p{L}\p{N}]))*$/u;
const next = /^(?:[^\S\n]|[:=~≈(["'“„*_–—-]|\p{L}{1,3}(?![\p{L}\p{N}]))*(?:\p{L}{4,10}\.?,?[^\S\n]+)?$/u;
const opening = /^[\s:;,.([{"“„*_–—-]*/u;

/** @param words by id; a word that is in several lists counts for the first of the ids that are asked for */
export function compileCues(words: Words): Cues {
  const patterns = new Map<string, { anywhere: RegExp; ids: Map<string, string> }>();
  const patternOf = (ids: readonly string[]) => {
    const key = ids.join(' ');
    const known = patterns.get(key) ?? compile(words, ids);
    patterns.set(key, known);
    return known;
  };
  const all = (text: string, ids: readonly string[]): Cue[] => {
    const { anywhere, ids: idOf } = patternOf(ids);
    return [...text.matchAll(anywhere)].map((found) => ({
      id: idOf.get(folded(found[0])) as string,
      at: found.index,
      end: found.index + found[0].length,
    }));
  };
  const nearest = (text: string, ids: readonly string[]): Cue | null => all(text, ids).at(-1) ?? null;
  return {
    within: nearest,
    before(text, ids, close = false) {
      const tail = text.slice(-reach);
      const cue = nearest(tail, ids);
      if (cue === null) return null;
      const rest = tail.slice(cue.end);
      if (rest.length > 24 || !(close ? next : small).test(rest)) return null;
      const shift = text.length - tail.length;
      return { id: cue.id, at: cue.at + shift, end: cue.end + shift };
    },
    behind(text, ids) {
      const start = opening.exec(text.slice(0, reach))?.[0].length ?? 0;
      const cue = all(text.slice(start, start + reach), ids)[0];
      return cue?.at === 0 ? { id: cue.id, at: start, end: start + cue.end } : null;
    },
  };
}

function compile(words: Words, ids: readonly string[]): { anywhere: RegExp; ids: Map<string, string> } {
  const idOf = new Map<string, string>();
  for (const id of ids) {
    for (const word of words[id] ?? []) if (!idOf.has(folded(word))) idOf.set(folded(word), id);
  }
  const sources = [...idOf.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((word) => bounded(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s{1,3}'), word));
  return { anywhere: new RegExp(sources.length === 0 ? '(?!)' : sources.join('|'), 'giu'), ids: idOf };
}

/** Words end where letters end; Japanese sets nothing between them. */
function bounded(source: string, word: string): string {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)) return source;
  const before = /^[\p{L}\p{N}]/u.test(word) ? '(?<![\\p{L}\\p{N}_@/-])' : '';
  const after = /[\p{L}\p{N}]$/u.test(word) ? '(?![\\p{L}\\p{N}_]|-\\p{L})' : '';
  return `${before}${source}${after}`;
}

const folded = (word: string): string => word.toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, ' ');
