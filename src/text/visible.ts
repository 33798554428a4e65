/**
 * Characters that steer what shows a text instead of being shown: control characters (escape sequences, carriage
 * returns, C1), line and paragraph separators, what changes the direction of a text, and halves of a surrogate pair.
 */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\u206a-\u206f\ufff9-\ufffb]/gu;
/** Anything but what most texts are made of, none of which steers: a quick look before the careful one. */
const unusual = /[^\n\t -~\u00a0-\u0600\u2010-\u2027\u2030-\u205f\u2190-\u2bff\u3000-\ud7ff]/;
/** What one cannot see either, and a name has no use for; joiners stay, since emoji and scripts are made with them. */
const invisible = /(?![\u200c\u200d])\p{Cf}/gu;
/** The sequences our own painters write: bold, dim, italic, underline, struck, eight colours, and their ends. */
const ownColors = new RegExp(`${String.fromCharCode(27)}\\[(?:[012349]|2[2-49]|3[0-79]|9[0-7])m`, 'g');

/** No one wants to read a longer path or name in a message. */
const LONGEST = 300;

/**
 * A foreign text on one line, in which everything that would steer a terminal or a log is shown as `\uXXXX`, as JSON
 * shows it.
 */
export function visible(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(steering, escapeOf).replace(invisible, escapeOf);
}

/** A foreign name or value between quotes for a message: visible, and cut where it is long. */
export function quoted(value: string): string {
  const characters = Array.from(value.slice(0, LONGEST * 2));
  const cut = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : value;
  return `"${visible(cut)}"`;
}

/**
 * Text in which nothing steers but line ends and tabs, and our own colours where they are wanted. It leaves JSON the
 * same JSON: what is replaced occurs in its strings only.
 */
export function steerless(text: string, { color }: { color: boolean }): string {
  if (!color) return escapeSteering(text);
  let result = '';
  let from = 0;
  for (const { 0: sequence, index } of text.matchAll(ownColors)) {
    result += escapeSteering(text.slice(from, index)) + sequence;
    from = index + sequence.length;
  }
  return result + escapeSteering(text.slice(from));
}

function escapeSteering(text: string): string {
  if (!unusual.test(text)) return text;
  return text.replace(steering, (character) =>
    character === '\n' || character === '\t' ? character : escapeOf(character),
  );
}

function escapeOf(character: string): string {
  return Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
