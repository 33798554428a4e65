const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Foreign text as XML 1.0 text: characters that XML does not allow become U+FFFD, direction marks go. */
export function xmlText(text: string, max: number = Number.POSITIVE_INFINITY): string {
  return (text.length > max ? `${text.slice(0, max - 1)}…` : text)
    .replace(/[\p{Surrogate}\uFFFE\uFFFF]|(?![\n\t])\p{Cc}/gu, '\uFFFD')
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** A quoted attribute on one line. */
export function attribute(text: string, max?: number): string {
  return `"${xmlText(text.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ').trim(), max)}"`;
}
