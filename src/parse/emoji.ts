import { nameToEmoji } from 'gemoji';

const byName = new Map(Object.entries(nameToEmoji));

/** Names GitLab knows next to those of gemoji. */
const gitlabNames: Readonly<Record<string, string>> = {
  octagonal_sign: '🛑',
  check_mark: '✔',
  warning_sign: '⚠',
  large_green_circle: '🟢',
  green_circle: '🟢',
  large_yellow_circle: '🟡',
  yellow_circle: '🟡',
  large_orange_circle: '🟠',
  orange_circle: '🟠',
  large_red_circle: '🔴',
  red_circle: '🔴',
  green_square: '🟩',
  large_green_square: '🟩',
  yellow_square: '🟨',
  large_yellow_square: '🟨',
  red_square: '🟥',
  large_red_square: '🟥',
};

const code = /:([a-z0-9_+-]{1,60}):/g;
const variation = /[︎️]/g;

/** `:warning:` → ⚠, and emoji without their variation selectors, so that both spellings are one. */
export function unifyEmoji(text: string): string {
  const named = text.includes(':')
    ? text.replace(code, (whole, name: string) => gitlabNames[name] ?? byName.get(name) ?? whole)
    : text;
  return named.replace(variation, '');
}

/** The text with the names of emoji (`:link:`) blank, places unchanged: their colons separate nothing. */
export const withoutEmojiNames = (text: string): string =>
  text.replace(code, (whole, name: string) =>
    name in gitlabNames || byName.has(name) ? ' '.repeat(whole.length) : whole,
  );

const pictures =
  /\p{Extended_Pictographic}|\p{Emoji_Presentation}|\p{Regional_Indicator}|\u200D|\u20E3|[\u{1F3FB}-\u{1F3FF}]/gu;

const plain = /^[ -9;-~]*$/;

/** The text without emoji, in either spelling. */
export function withoutEmoji(text: string): string {
  if (plain.test(text)) return text;
  return unifyEmoji(text).replace(code, ' ').replace(pictures, ' ');
}
