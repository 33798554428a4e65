import { ownLines } from '../markdown/own-lines.ts';
import { beyondLimits } from './limits.ts';

/** The lines of a text's own paragraphs: see `ownLines`. A text beyond the limits of reading has none. */
export function liveLines(text: string): string[] {
  return beyondLimits(text) === null ? ownLines(text) : [];
}
