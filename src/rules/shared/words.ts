import type { Listing } from '../../model/listing.ts';
import { memo } from '../../text/memo.ts';
import { shortened } from '../../text/words.ts';

/** How much of a foreign text a message quotes, in characters. */
const quoteLength = 60;

/** Control, format and direction characters: they would let a quote rearrange or hide the sentence around it. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu;

/** Most texts are one line already: words of printable ASCII with one blank in between. */
const plainLine = /^[!-~]+(?: [!-~]+)*$/;

function oneLine(text: string): string {
  if (text.length <= 2_000 && plainLine.test(text)) return text;
  return text.slice(0, 2_000).replace(/\s+/g, ' ').replace(invisible, '').trim();
}

/** Foreign text as a message shows it: one line, at most some 60 characters, in “quotes”. */
export function quote(text: string): string {
  return `“${shortened(oneLine(text).replace(/[“”]/g, '"'), quoteLength)}”`;
}

/** Whether a text has fewer characters (not code units) than so many, blanks around it left aside. */
export const isShorter = (text: string, than: number): boolean =>
  than > 0 && Array.from(text.trim()).length < than;

/**
 * Text to be typed, between back-ticks. Back-ticks of its own become apostrophes, so that anyone who renders a hint
 * can tell by the back-ticks what is to be typed.
 */
export function typed(text: string): string {
  return `\`${shortened(oneLine(text).replaceAll('`', "'"), 200)}\``;
}

/** A name of the template (`Due Date`) as a sentence uses it: the same few for every text. */
export const plain = memo((name) => shortened(oneLine(name).replaceAll('`', "'"), quoteLength));

/** Choices to be typed: `a`, `b` or `c`, each between back-ticks. */
export const orTyped = (choices: readonly string[]): Listing => ({ items: choices.map(typed), glue: 'or' });

/** People by user name, with `@`. */
export const usersNamed = (names: readonly string[]): Listing => ({
  items: names.map((name) => `@${plain(name)}`),
  glue: 'and',
});
