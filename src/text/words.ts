/** `1 point`, `3 points`; the plural is the word with an `s` when not given. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `a`, `a and b`, `a, b and c` */
export function enumerate(words: readonly string[], last = 'and'): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`;
}

/** The first words of a list, `others` standing for the rest: `a, b and others`. */
export function enumerateFirst(words: readonly string[], most: number): string {
  return enumerate(words.length > most ? [...words.slice(0, most), 'others'] : words);
}

/** White space in one kind and number, none at the ends. */
export function collapsed(text: string): string {
  return (/[^\S ]| {2}/.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
}

/** At most this many characters (not code units), the last one `…` where something was cut off. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = Array.from(text);
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
