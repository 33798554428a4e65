import { halfWidth, linesIn, type Span, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import type { Cues } from '../cues.ts';
import type { PlacedDateField } from '../values/dates.ts';

/** Text that was read as a field although it bears no label. */
export interface Taken {
  span: Span;
  /** At which side of the description it is; in the middle it stays part of it. */
  where: 'start' | 'end' | 'middle';
}

/** A due date that was found in a sentence. */
export interface SentenceDate {
  field: PlacedDateField;
  taken: Taken[];
}

/** The bracket a text ends on, and what is in it. */
export interface Tail {
  outer: Span;
  inner: Span;
}

export function lastBracket(span: Span): Tail | null {
  const text = halfWidth(textOf(span));
  const found = /[([{]([^()[\]{}]{1,200})[)\]}][\s.;,]*$/.exec(text);
  if (found === null) return null;
  const start = span.start + found.index;
  return {
    outer: within(span, start, span.end),
    inner: within(span, start + 1, start + 1 + (found[1] as string).length),
  };
}

const decoration = /(?:\s|\uFE0F|\p{Extended_Pictographic}|:[a-z_]{2,40}:)+$/u;

/** The text before the first line, below the first, that begins with a word of some lists. */
export function beforeLine(span: Span, cues: Cues, ids: readonly string[]): Span {
  const [first, ...lines] = linesIn(span);
  const aside = lines.find((line) => cues.behind(textOf(line), ids) !== null);
  return first === undefined || aside === undefined ? span : trimmed(within(span, span.start, aside.start));
}

/** Without emoji at the end, and without lines that speak to others. */
export function tidied(span: Span, cues: Cues): Span {
  const said = trimmed(beforeLine(span, cues, ['aside']));
  const tail = textOf(said).slice(-60);
  const extra = decoration.exec(tail)?.[0].length ?? 0;
  return extra > 0 && extra < tail.length ? within(said, said.start, said.end - extra) : said;
}

/** The bracket at the end of a text; failing that, the one a line of it ends on. */
export function bracketsOf(span: Span): Tail[] {
  const tails = [lastBracket(span)];
  let from = span.start;
  const lines = textOf(span).split('\n');
  if (lines.length > 1 && lines.length < 50) {
    for (const line of lines) {
      tails.push(lastBracket(within(span, from, from + line.length)));
      from += line.length + 1;
    }
  }
  return tails.filter((tail) => tail !== null);
}

export function piecesOf(span: Span): Span[] {
  const pieces: Span[] = [];
  let from = span.start;
  for (const part of textOf(span).split(/[,;|/、]|\s[-–—·•]\s|\s{2,}/)) {
    const at = span.rich.text.indexOf(part, from);
    pieces.push(trimmed(within(span, at, at + part.length)));
    from = at + part.length;
  }
  return pieces.filter((piece) => piece.start < piece.end);
}
