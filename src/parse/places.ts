import { outerSourceOf, type Span, sourceOf } from '../markdown/rich-text.ts';
import type { Place, Point } from '../model/document.ts';

/** Turns offsets of the parsed text into places of the text as it was given. */
export interface Placer {
  /** Of offsets in the parsed text. */
  at(start: number, end: number): Place;
  /** Without the mark-up at its ends. */
  of(span: Span): Place;
  /** With the mark-up at its ends. */
  outer(span: Span): Place;
  slice(place: Place): string;
}

/** @param shift how many characters (a byte order mark) the parsed text lacks at its beginning */
export function createPlacer(source: string, shift: number): Placer {
  let starts: number[] | null = null;
  const point = (offset: number): Point => {
    starts ??= lineStarts(source);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1, offset };
  };
  const at = (start: number, end: number): Place => ({
    start: point(start + shift),
    end: point(end + shift),
  });
  return {
    at,
    of(span) {
      const { start, end } = sourceOf(span);
      return at(start, end);
    },
    outer(span) {
      const { start, end } = outerSourceOf(span);
      return at(start, end);
    },
    slice: (place) => source.slice(place.start.offset, place.end.offset),
  };
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === 10 || (code === 13 && source.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
