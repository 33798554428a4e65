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
  /** The first cue anywhere in a text. */
  first(text: string, ids: readonly string[]): Cue | null;
  /** The last cue anywhere in a text. */
  within(text: string, ids: readonly string[]): Cue | null;
}

/** So far is looked; beyond that a word says nothing of the value. */
const reach = 60;
/** Words and signs that may be between a cue and its value. */
const small = /^(?:[^\S\n]|[:：（「=~≈,.@(["'“„*_–—-]|\p{L}{1,12}(?![\p{L}\p{N}]))*$/u;
const next =
  /^(?:[^\S\n]|[:：（「=~≈(["'“„*_–—-]|\p{L}{1,3}(?![\p{L}\p{N}]))*(?:\p{L}{4,10}\.?,?[^\S\n]+)?$/u;
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
    first: (text, ids) => all(text, ids)[0] ?? null,
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
  return { anywhere: anyOf([...idOf.keys()]), ids: idOf };
}

/**
 * One pattern for all words, the longest first. What must not be next to them is said once for all words of a sort:
 * each `\p{L}` costs the engine milliseconds when it compiles the pattern, as it does anew for text beyond Latin-1.
 */
function anyOf(words: readonly string[]): RegExp {
  const sorts = new Map<string, { before: string; after: string; sources: string[] }>();
  for (const word of words.toSorted((a, b) => b.length - a.length)) {
    const { before, after } = boundsOf(word);
    const sort = sorts.get(`${before} ${after}`) ?? { before, after, sources: [] };
    sorts.set(`${before} ${after}`, sort);
    sort.sources.push(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s{1,3}'));
  }
  const source = [...sorts.values()]
    .map(({ before, after, sources }) => `${before}(?:${sources.join('|')})${after}`)
    .join('|');
  return new RegExp(source === '' ? '(?!)' : source, 'giu');
}

/** Words end where letters end; Japanese sets nothing between them. */
function boundsOf(word: string): { before: string; after: string } {
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)) return { before: '', after: '' };
  return {
    before: /^[\p{L}\p{N}]/u.test(word) ? '(?<![\\p{L}\\p{N}_@-])' : '',
    after: /[\p{L}\p{N}]$/u.test(word) ? '(?![\\p{L}\\p{N}_]|-\\p{L})' : '',
  };
}

const folded = (word: string): string => word.toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, ' ');
