import { memo } from '../text/memo.ts';
import { withoutEdges } from './edges.ts';
import { compileFinder } from './finder.ts';
import type { Words } from './lexicon.ts';
import { beginsWithWord, hasLetter, straightQuoted } from './signs.ts';

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
  /** All cues of a text, in order. */
  each(text: string, ids: readonly string[]): readonly Cue[];
  /** Whether a text is nothing but such a word. */
  is(text: string, ids: readonly string[]): boolean;
  /** The last cue anywhere in a text. */
  within(text: string, ids: readonly string[]): Cue | null;
}

/** So far is looked; beyond that a word says nothing of the value. */
const reach = 60;
/** Words and signs that may be between a cue and its value. */
const small = /^(?:[^\S\n]|[:：（「=~≈,.@(["'“„*_–—-]|\p{L}{1,12}(?![\p{L}\p{N}]))*$/u;
const next =
  /^(?:[^\S\n]|[:：（「=~≈(["'“„*_–—-]|\p{L}{1,3}(?![\p{L}\p{N}]))*(?:\p{L}{4,10}\.?,?[^\S\n]+)?$/u;
const edges = new Set('()[]{}*_~.,:;!"“”„');
const opening = /^[\s:;,.([{"“„*_–—-]*/u;

/** @param words by id; a word that is in several lists counts for the first of the ids that are asked for */
export function compileCues(words: Words): Cues {
  const lookups = new Map<string, (text: string) => readonly Cue[]>();
  const all = (text: string, ids: readonly string[]): readonly Cue[] => {
    const key = ids.length === 1 ? (ids[0] as string) : ids.join(' ');
    const known = lookups.get(key) ?? lookup(words, ids);
    lookups.set(key, known);
    return known(text);
  };
  const nearest = (text: string, ids: readonly string[]): Cue | null => all(text, ids).at(-1) ?? null;
  return {
    first: (text, ids) => all(text, ids)[0] ?? null,
    within: nearest,
    each: all,
    is(text, ids) {
      const said = withoutEdges(text, edges, edges);
      return said !== '' && all(said, ids).some(({ at, end }) => at === 0 && end === said.length);
    },
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

const eastAsian = /[\u3040-\u30ff\u3400-\u9fff]/;

/** Finds the words of some lists in a text, in order. */
function lookup(words: Words, ids: readonly string[]): (text: string) => readonly Cue[] {
  const known = new Map<string, string>();
  for (const id of ids) {
    for (const phrase of words[id] ?? []) {
      const text = folded(phrase);
      if (!known.has(text)) known.set(text, id);
    }
  }
  const phrases = [...known].map(([text, value]) => ({ text, value }));
  // Japanese sets nothing between words; a few phrases begin with a sign ("'s manager").
  const isAnywhere = ({ text }: { text: string }): boolean => eastAsian.test(text) || !beginsWithWord(text);
  const anywhere = phrases.filter(isAnywhere);
  const find = compileFinder(
    phrases.filter((phrase) => !isAnywhere(phrase)),
    { notBehind: '_@-', endsAtHyphen: false },
  );
  return memo((text): readonly Cue[] => {
    const plain = folded(text);
    if (!hasLetter(plain)) return [];
    const found = find(plain).map(({ value: id, at, end }): Cue => ({ id, at, end }));
    for (const { text: phrase, value: id } of anywhere) {
      const at = plain.lastIndexOf(phrase);
      if (at !== -1) found.push({ id, at, end: at + phrase.length });
    }
    return anywhere.length === 0 ? found : found.sort((a, b) => a.at - b.at || a.end - b.end);
  });
}

/** In lower case, sign by sign: places stay the same. */
function folded(text: string): string {
  const lower = straightQuoted(text.toLowerCase()).replace(/\s/g, ' ');
  return lower.length === text.length ? lower : text;
}
