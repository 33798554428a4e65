/**
 * Characters that would steer what shows a text instead of being shown: control characters (escape sequences, C1,
 * carriage returns), line and paragraph separators, direction marks, tags, and halves of a surrogate pair. Joiners
 * stay, since emoji and scripts are made with them.
 */
const steering = /[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]|(?![\u200c\u200d])\p{Cf}/gu;

/** A foreign text on one line, in which everything that would steer a terminal is shown as `\u{…}`. */
export function visible(text: string): string {
  return text.replace(steering, escapeOf);
}

function escapeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
