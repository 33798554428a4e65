import {
  blankedOut,
  halfWidth,
  isAll,
  linesIn,
  marks,
  perSpan,
  type Span,
  segmentsIn,
  textOf,
  within,
} from '../markdown/rich-text.ts';
import { memo } from '../text/memo.ts';
import type { Cues } from './cues.ts';
import { withoutEdges } from './edges.ts';
import { escaped } from './pattern.ts';
import { beginsWithWord, oneSpaced } from './signs.ts';

/** A stretch of a span, as positions in its rich text. */
export interface Stretch {
  start: number;
  end: number;
}

/** The words of a template that people are meant to replace or remove. */
export interface Phrases {
  /** Whether a text is nothing but template text. */
  isPhrase(text: string): boolean;
  /** Where template text is in a span. */
  find(span: Span): Stretch[];
}

const around = ' `*_~"\'“”‘’()[]{}<>.,:;!…-';
const before = new Set(`${around}#✂\uFE0F`);
const behind = new Set(`${around}?`);

/** A phrase without case, mark-up, brackets and punctuation around it. */
export const normalPhrase = (text: string): string =>
  text.length > 2000 ? '' : oneSpaced(withoutEdges(text.toLowerCase(), before, behind));

/** What a comment says, without its marks. */
export const commentWords = (comment: string): string => comment.replace(/^<!--|-->$/g, '');

const wordCount = (text: string): number => text.split(' ').length;

/**
 * @param texts what the template says at places that are to be filled in, and its instructions
 * @param beginnings how instructions begin: `Issue Title:`
 * @param copied phrases that are copied along from the page around the template
 */
export function compilePhrases(
  texts: readonly string[],
  beginnings: readonly string[],
  copied: readonly string[],
): Phrases {
  const whole = new Set(texts.map(normalPhrase).filter((text) => text !== ''));
  const long = new Set<string>();
  for (const text of texts) {
    for (const part of [text, ...text.split(/(?<=[.?!:])\s+/)]) {
      const phrase = normalPhrase(part);
      if (wordCount(phrase) >= 4 && phrase.length >= 16) long.add(phrase);
    }
  }
  const pattern = anyOf([...long]);
  const heads = beginnings.map(normalPhrase).filter((head) => head !== '');
  const strays = copied.map((text) => text.toLowerCase());
  const isPhrase = memo((text) => {
    const phrase = normalPhrase(text);
    return phrase !== '' && (whole.has(phrase) || long.has(phrase));
  });
  // The longest word of each phrase: a text without it needs no closer look.
  const clues = [
    ...new Set(
      [...long].map((phrase) => phrase.split(' ').toSorted((a, b) => b.length - a.length)[0] as string),
    ),
  ];
  const longest = Math.max(0, ...[...whole, ...long].map((phrase) => phrase.length)) + 40;
  const isInstruction = (folded: string): boolean => {
    if (heads.length === 0 || !heads.some((head) => folded.includes(head))) return false;
    const begins = normalPhrase(folded.slice(0, 80));
    return heads.some((head) => begins.startsWith(`${head}:`));
  };
  const look = (span: Span): Stretch[] => {
    // Of `~~On Schedule~~/At Risk` a person has struck what does not hold: no choice of the template any more.
    const text = blankedOut(span.rich, marks.struck).slice(span.start, span.end);
    const folded = text.toLowerCase();
    if (text.length < 2000) {
      const stray = strays.some((one) => folded.includes(one));
      if (stray || isInstruction(folded) || (text.length < longest && isPhrase(text))) return [span];
    }
    const found: Stretch[] = [];
    if (pattern !== null && clues.some((clue) => folded.includes(clue))) {
      for (const match of text.matchAll(pattern)) {
        if (!standsAlone(text, match.index, match[0])) continue;
        found.push({ start: span.start + match.index, end: span.start + match.index + match[0].length });
      }
    }
    for (const unit of units(span)) {
      if (unit.end - unit.start < longest && isPhrase(textOf(unit))) found.push(unit);
    }
    return found.length === 0 ? none : merged(found, span);
  };
  return { isPhrase, find: perSpan(look) };
}

/** "Create a plan and link to the epic" happens to hold a few words of the template: a sentence of the writer's own. */
function standsAlone(text: string, at: number, phrase: string): boolean {
  if (wordCount(phrase) > 5) return true;
  const before = text.slice(Math.max(0, at - 3), at);
  const after = text.slice(at + phrase.length, at + phrase.length + 3);
  return (
    !/[\p{L}\p{N},][^\S\n]*$/u.test(before) &&
    (/[.?!:]$/.test(phrase) || !/^[^\S\n]*[\p{L}\p{N}]/u.test(after))
  );
}

const none: Stretch[] = [];

function anyOf(phrases: readonly string[]): RegExp | null {
  if (phrases.length === 0) return null;
  const sources = phrases
    .toSorted((a, b) => b.length - a.length)
    .map((phrase) =>
      phrase
        .split(' ')
        .map((word) => escaped(word).replaceAll(/['’]/g, "['’]"))
        .join('\\s{1,9}'),
    );
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${sources.join('|')})(?![\\p{L}\\p{N}])[.?!:]?`, 'giu');
}

const bracket = /\([^()\n]{1,300}\)|\[[^[\]\n]{1,300}\]|\{[^{}\n]{1,300}\}/gu;

/** Code, brackets and lines: what is in them is a unit of its own. */
function* units(span: Span): Generator<Span> {
  for (const segment of segmentsIn(span)) {
    if ((segment.marks & marks.code) !== 0) yield within(span, segment.at, segment.end);
  }
  const text = textOf(span);
  if (text.includes('\n')) yield* linesIn(span);
  if (!/[([{]/.test(text)) return;
  for (const match of text.matchAll(bracket)) {
    yield within(span, span.start + match.index, span.start + match.index + match[0].length);
  }
}

function merged(found: readonly Stretch[], span: Span): Stretch[] {
  const sorted = found.toSorted((a, b) => a.start - b.start);
  const result: Stretch[] = [];
  for (const one of sorted) {
    const last = result.at(-1);
    const between = last === undefined ? '' : span.rich.text.slice(last.end, one.start);
    if (last !== undefined && (one.start <= last.end || /^[\s.,;:?!]*$/.test(between)))
      last.end = Math.max(last.end, one.end);
    else result.push({ start: one.start, end: one.end });
  }
  return result;
}

/** Words that stand for a value that is not known yet. */
export interface Placeholders {
  /** Whether a text is nothing but such a word. */
  isPlaceholder(text: string): boolean;
  /** Whether a short value is one, perhaps with a remark: `TBD (waiting for legal)`. */
  isValue(span: Span): boolean;
  isName(name: string): boolean;
}

const blankShape = /^(?:[_.…?\s-]{2,}|\?+|[ymdtqx]{2,4}(?:[-/. ][ymdtqx]{1,4}){1,2})$/i;
const openPart = /(?:^|[-/. ])(?:x{2,4}|\?{1,4}|y{4}|_{2,4})(?=$|[-/., ])/i;

export function compilePlaceholders(words: readonly string[], phrases: Phrases, cues: Cues): Placeholders {
  const known = new Set<string>();
  const heads: string[] = [];
  for (const word of words) {
    known.add(normalPhrase(word) || word.trim());
    if (/^[\p{Lu}\d]{2,5}$/u.test(word) && !/^X+$/.test(word)) heads.push(word.toLowerCase());
  }
  const isPlaceholder = (text: string): boolean => {
    const trimmed = text.trim();
    if (trimmed.length > 300) return false;
    const phrase = normalPhrase(trimmed);
    return (
      known.has(trimmed) ||
      known.has(phrase.replaceAll('.', '')) ||
      (phrase !== '' && known.has(phrase)) ||
      blankShape.test(trimmed) ||
      phrases.isPhrase(trimmed)
    );
  };
  /** `to be agreed with the board`, `will be added once Kay is back`: not "to be completed by Friday". */
  const isWithClause = (phrase: string): boolean => {
    const words = phrase.split(' ').slice(0, 6);
    return words.some((_, length) => {
      const head = words.slice(0, length).join(' ');
      if (length < 2 || !known.has(head) || /[\d@]/.test(phrase)) return false;
      const cue = cues.behind(phrase.slice(head.length), ['lead-in', 'future', 'because']);
      return cue !== null && cue.id !== 'lead-in';
    });
  };
  return {
    isPlaceholder,
    isName: (name) => known.has(name.toLowerCase()),
    isValue(span) {
      const text = halfWidth(blankedOut(span.rich, marks.struck).slice(span.start, span.end).trim());
      if (isPlaceholder(text)) return true;
      if (text.length < 30 && openPart.test(text)) return true;
      const phrase = normalPhrase(text);
      if (isWithClause(phrase)) return true;
      if (heads.some((head) => phrase.startsWith(head) && !beginsWithWord(phrase.slice(head.length))))
        return true;
      if (/^[^(]{0,60}\(/.test(text) && isPlaceholder(text.slice(0, text.indexOf('(')))) return true;
      for (const segment of segmentsIn(span)) {
        const part = within(span, Math.max(segment.at, span.start), Math.min(segment.end, span.end));
        if (isAll(part, marks.code) && isPlaceholder(textOf(part))) return true;
      }
      return false;
    },
  };
}
