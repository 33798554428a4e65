import { collapsed } from './words.ts';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What is not as it may be: anything but the characters that most texts are made of. */
const unusual = /[^\n\t !#-%(-;=?-~\u00a0-\u2027\u2030-\u205f\u2190-\ud7ff]/;

/** Foreign text as XML 1.0 text: characters that XML does not allow become U+FFFD, direction marks go. */
export function xmlText(text: string, max: number = Number.POSITIVE_INFINITY): string {
  const cut = text.length > max ? `${text.slice(0, max - 1)}…` : text;
  if (!unusual.test(cut)) return cut;
  return cut
    .replace(/[\p{Surrogate}\uFFFE\uFFFF]|(?![\n\t])\p{Cc}/gu, '\uFFFD')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** A quoted attribute on one line. */
export function attribute(text: string, max?: number): string {
  return `"${xmlText(collapsed(text), max)}"`;
}
