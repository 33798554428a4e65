/** What many parts of reading ask of a text. */

/** Whether it holds a letter. */
export const hasLetter = (text: string): boolean => /\p{L}/u.test(text);

/** Whether it says anything in letters or digits. */
export const hasWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

export const hasDigit = (text: string): boolean => /\d/.test(text);

/** Whether it begins with a letter or digit. */
export const beginsWithWord = (text: string): boolean => /^[\p{L}\p{N}]/u.test(text);

/** Whether it begins with a small letter: in the middle of a sentence. */
export const beginsSmall = (text: string): boolean => /^\p{Ll}/u.test(text);

export const beginsWithSpace = (text: string): boolean => /^\s/.test(text);

/** Whether a question mark is the last that is said. */
export const isAsked = (text: string): boolean => /\?\W*$/.test(text);

export const endsInColon = (text: string): boolean => /[:：]\s*$/.test(text);

/** Whether it ends as a sentence, or as a part of one, does. */
export const endsAsSentence = (text: string): boolean => /[.!?;,]$/.test(text);

/** Its words, without digits and signs. */
export const wordsOf = (text: string): readonly string[] => text.match(/\p{L}+/gu) ?? [];

/** Its parts between commas, semicolons and full stops. */
export const clausesOf = (text: string): string[] => text.split(/[,;]\s*|\.\s+/);

/** With one space where there were several, or other white space. */
export const oneSpaced = (text: string): string => text.replace(/\s+/g, ' ');

/** `don’t` as `don't`; places stay the same. */
export const straightQuoted = (text: string): string => text.replace(/[’‘]/g, "'");

/** With a space where a remark in brackets was. */
export const withoutBrackets = (text: string): string => text.replace(/\([^()]*\)?/g, ' ');

const arrow = /(?:[→➡⇒➔➜➝➞⟶⟹⇨»]|[-=]{1,2}>|>{1,3})(?:[\s:=]|\uFE0F)*/gu;

/** The arrows of a text, with the space behind them: what is behind one replaces what is before it. */
export const arrowsIn = (text: string): { at: number; end: number }[] =>
  [...text.matchAll(arrow)].map(({ 0: sign, index }) => ({ at: index, end: index + sign.length }));

export const endsInArrow = (text: string): boolean =>
  arrowsIn(text).at(-1)?.end === text.length && text !== '';

/** Where what an arrow leads to begins, if nothing but signs is before the arrow; else 0. */
export function behindFirstArrow(text: string): number {
  const [first] = arrowsIn(text);
  return first === undefined || hasWord(text.slice(0, first.at)) ? 0 : first.end;
}

/** The last of the parts that signs set off. */
export const lastPart = (text: string, signs: readonly string[]): string =>
  text.slice(Math.max(-1, ...signs.map((sign) => text.lastIndexOf(sign))) + 1);
