import type { KrMilestone } from '../model/document.ts';

/** A milestone by its words, for comparing with what a tick note quotes. */
interface Known {
  index: number;
  /** Letters and digits alone, of the whole milestone and of its first line: mark-up and blanks differ by release. */
  exact: readonly string[];
  label: string | null;
  words: ReadonlySet<string>;
}

/** Below this, two texts are not one text that was edited. */
const alike = 0.6;
/** How far the best must be ahead of the second best. */
const ahead = 0.15;
/** A milestone that keeps its name may change more of its words. */
const alikeByName = 0.34;
/** With more milestones than this only the very same words count: comparing all with all would take too long. */
const comparable = 200;
/** More of a text is not compared. */
const compared = 4_000;

/** Finds the milestone that a tick note speaks of; null: none, or more than one could be meant. */
export type TickMatcher = (text: string) => number | null;

/**
 * Matches the text in tick notes to the milestones as they are now: by the very same words, else by words that are
 * mostly the same, the name of the milestone helping. What could be two of them is neither.
 * @param source the description, which the milestones' positions point into
 */
export function tickMatcher(milestones: readonly KrMilestone[], source: string): TickMatcher {
  // Most issues have no tick notes, and nothing is compared there.
  let known: readonly Known[] | null = null;
  const remembered = new Map<string, number | null>();
  return (text) => {
    const key = lettersOf(withoutBox(text));
    const before = remembered.get(key);
    if (before !== undefined) return before;
    known ??= milestones.map((milestone, index) => wordsOfMilestone(milestone, index, source));
    const found = match(key, text, known);
    remembered.set(key, found);
    return found;
  };
}

function wordsOfMilestone({ place: { start, end } }: KrMilestone, index: number, source: string): Known {
  const text = withoutBox(source.slice(start.offset, Math.min(end.offset, start.offset + compared)));
  const firstLine = text.split(/\r?\n/, 1)[0] ?? '';
  return {
    index,
    exact: [lettersOf(text), lettersOf(firstLine)],
    label: nameOf(text),
    words: wordsOf(text),
  };
}

function match(key: string, text: string, known: readonly Known[]): number | null {
  if (key === '') return null;
  const same = known.filter(({ exact }) => exact.includes(key));
  if (same.length > 0) return same.length === 1 ? (same[0]?.index ?? null) : null;
  if (known.length > comparable) return null;
  const words = wordsOf(text);
  const label = nameOf(text);
  const ranked = known
    .map((one) => ({
      index: one.index,
      isNamed: label !== null && one.label === label,
      score: similarity(words, one.words),
    }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (best === undefined || best.score - (second?.score ?? 0) < ahead) return null;
  return best.score >= (best.isNamed ? alikeByName : alike) ? best.index : null;
}

const withoutBox = (text: string): string => text.replace(/^\s*(?:[-*+]|\d{1,3}[.)])?\s*\[[ xX~]\]\s*/, '');

/** `Milestone 2:`, `M2 -`: what a milestone is called at its beginning. */
function nameOf(text: string): string | null {
  const found = /^[\s*_~`]{0,9}((?:milestone|ms?|step)\s*\d{1,3})\b/i.exec(text)?.[1];
  return found === undefined ? null : lettersOf(found);
}

function lettersOf(text: string): string {
  return readable(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Links as they read, escapes and the delimiters of HTML comments gone. */
function readable(text: string): string {
  return text
    .slice(0, compared)
    .replace(/<!--|-->/g, ' ')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\[([^\][]{0,500})\]\([^()\s]{0,1000}\)/g, '$1')
    .normalize('NFKC')
    .toLowerCase();
}

/** The words of the template say nothing about which milestone it is; dates and people may change. */
const common = new Set(
  'milestone description due date dri the an of and to in for is on at with all'.split(' '),
);

function wordsOf(text: string): Set<string> {
  const bare = readable(text)
    .replace(/@[\w.-]+/g, ' ')
    .replace(/\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b/g, ' ');
  return new Set(bare.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1 && !common.has(word)));
}

/** Dice's coefficient: 1 for the same words, 0 for none in common. */
function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
