import { isAll, marks, type Span, trimmed, within } from '../markdown/rich-text.ts';
import type { Words } from './lexicon.ts';
import { anyOf, escaped } from './pattern.ts';

/** How items are numbered: `Milestone 1:`, `M2 -`. */
export interface ItemNames {
  /** Whether a text begins with the name of an item. */
  begins(text: string): boolean;
  /** Where further names begin in a text, with the bullet or box before them: its line breaks may be lost. */
  further(text: string): number[];
  /** Cuts the name off. */
  cut(span: Span): { label: string | null; rest: Span };
}

/**
 * @param word what the template calls an item: `Milestone`; its initial stands for it too
 * @param around what it is called in other languages (`item`), and how items are counted in words
 */
export function compileItemNames(word: string, around: Words = {}): ItemNames {
  const { item = [], number: numbers = [], ordinal = [], is = [] } = around;
  const initial = escaped(word.slice(0, 1));
  const number = String.raw`(?:\d{1,3}(?:\.\d{1,3})?[a-z]?)`;
  const named = anyOf([word, ...item]);
  const digits = String.raw`${named}s?\s{0,3}(?:no\.?\s{0,2}|#\s?|[-–]\s?)?${number}(?![\p{L}\p{N}%])`;
  // "Milestone one: …", "The second milestone is …"
  const spelled = String.raw`(?:${named}\s${anyOf(numbers)}|(?:the\s)?${anyOf(ordinal)}\s${named})(?=\s?[:：.,–—-]|\s${anyOf(is)}\s|\s*$)`;
  const long = `(?:${digits}|${spelled})`;
  const short = String.raw`(?:${initial}S?)\s?[#-]?${number}(?=\s*[:：.)\]–—|]|\s+[-–—]|\s*$)`;
  const pattern = new RegExp(
    String.raw`^[\s*_>]{0,6}(?:(?:\p{Extended_Pictographic}\uFE0F?|:[a-z0-9_+-]{1,40}:)\s{0,3}){0,3}([[(]?(${long}|${short})[\])]?)\s*(?:[:：.)|\]]+|[-–—]+(?=\s|$))?(?:\s*[-–—:]+(?=\s))?\s*(?:${anyOf(is)}\s+)?`,
    'iu',
  );
  const bold = new RegExp(String.raw`^${initial}S?\s?[#-]?\d{1,2}(?=\s)`, 'iu');
  /** `**M1** Rotate`: bold sets the name off as well as a colon would. */
  const boldLabel = (span: Span): { label: string | null; rest: Span } => {
    const label = bold.exec(span.rich.text.slice(span.start, Math.min(span.end, span.start + 12)))?.[0];
    const end = span.start + (label?.length ?? 0);
    if (label === undefined || !isAll(within(span, span.start, end), marks.strong))
      return { label: null, rest: span };
    return { label, rest: trimmed(within(span, end, span.end)) };
  };
  const inside = new RegExp(
    String.raw`(?<=\S\s)(?:[-*•]\s{0,3})?(?:\[[ xX~]?\]\s{0,3})?(?:${digits}\s?(?=[:：)–-])|${spelled})`,
    'giu',
  );
  return {
    further: (text) => [...text.matchAll(inside)].map(({ index }) => index),
    begins: (text) => pattern.test(text.slice(0, 60)),
    cut(span) {
      const found = pattern.exec(span.rich.text.slice(span.start, Math.min(span.end, span.start + 80)));
      if (found === null) return boldLabel(span);
      return {
        label: found[2] as string,
        rest: trimmed(within(span, Math.min(span.end, span.start + found[0].length), span.end)),
      };
    },
  };
}
