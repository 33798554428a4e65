import picocolors from 'picocolors';

/** How text looks on this terminal. */
export interface Look {
  color: boolean;
  /** Width in columns. */
  columns: number;
}

export type Paint = ReturnType<typeof picocolors.createColors>;

/** Colours as functions; they leave the text as it is when colour is off. */
export function painter(color: boolean): Paint {
  return picocolors.createColors(color);
}

/**
 * Foreign text on one line. Control characters would move the cursor or worse (escape sequences), direction marks
 * would rearrange what is around it: both are removed.
 */
export function oneLine(text: string): string {
  // Most are: words of visible ASCII with a blank between two.
  if (/^[!-~]+(?: [!-~]+)*$/.test(text)) return text;
  return text
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cc}|\p{Surrogate}|(?![\u200c\u200d])\p{Cf}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** A word and how it is painted. */
export interface Word {
  text: string;
  paint: (text: string) => string;
}

const unpainted = (text: string): string => text;

export function wordsOf(text: string, paint: (text: string) => string = unpainted): Word[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => ({ text: word, paint }));
}

/** Words on lines no wider than `width` columns, where a single word is not wider itself. */
export function wrap(words: readonly Word[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const { text, paint } of words) {
    if (used > 0 && used + 1 + text.length > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += (used > 0 ? ' ' : '') + paint(text);
    used += (used > 0 ? 1 : 0) + text.length;
  }
  return used > 0 ? [...lines, line] : lines;
}

/** Lines under each other: the first after `first`, the others after as many blanks. */
export function hanging(first: string, lines: readonly string[], width: number): string[] {
  return lines.map((line, index) => `${index === 0 ? first : ' '.repeat(width)}${line}`);
}

/** How much of one issue or file is shown in a log; its report has it all. */
export const MOST_FINDINGS = 20;
/** A finding quotes what people wrote, and that may be long. */
const MOST_CHARACTERS = 400;

/** As `oneLine`, cut where it is longer than anyone reads in a log. */
export function shortLine(text: string): string {
  const line = oneLine(text.slice(0, MOST_CHARACTERS * 4));
  const isWhole = text.length <= MOST_CHARACTERS * 4;
  if (isWhole && line.length <= MOST_CHARACTERS) return line;
  const characters = Array.from(line);
  return characters.length <= MOST_CHARACTERS && isWhole
    ? line
    : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`;
}

/** What is left out of a list, counted; null: nothing is. */
export function leftOut(all: number, shown: number, one: string, many: string): string | null {
  const more = all - shown;
  return more <= 0 ? null : `… and ${more} more ${more === 1 ? one : many}`;
}
