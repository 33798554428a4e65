import { shortened } from '../text/words.ts';

/** Foreign text in a line of a draft is cut at this length. */
const quoted = 120;

/** Puts lines into a section, in place of the template's own ones or before them. No lines: as the template has it. */
export function filled(
  text: string,
  heading: string | null,
  items: readonly string[],
  keep: boolean,
): string {
  if (heading === null || items.length === 0) return text;
  const all = text.split('\n');
  const at = all.findIndex((line) => line.trim() === heading.trim());
  if (at === -1) return text;
  const following = all.findIndex((line, index) => index > at && line.startsWith('#'));
  const end = following === -1 ? all.length : following;
  const own = all.slice(at + 1, end).filter((line) => line.trim() !== '');
  const bullet = /^\s*([-*+])\s/.exec(own[0] ?? '')?.[1] ?? '*';
  const section = [...items.map((item) => `${bullet} ${item}`), ...(keep ? own : [])];
  return [...all.slice(0, at + 1), ...section, ...(following === -1 ? [] : ['']), ...all.slice(end)].join(
    '\n',
  );
}

/** The lines of a text without bullets and boxes, each safe as part of a line. */
export function itemsOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => oneLine(line.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+/, '').replace(/^\[.\]\s+/, '')))
    .filter((line) => line !== '');
}

/** Foreign text as part of a line: nothing in it is a mention, a check box or another line. */
export function oneLine(text: string): string {
  const flat = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[“”]/g, '"')
    .replace(/@(?=\w)/g, '')
    .trim();
  return shortened(flat, quoted);
}
