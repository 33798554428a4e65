/**
 * A link in a cell that Markdown does not know, but the site or wiki that shows it: `<a href="x">`, `[[x]]`,
 * `{{< ref "x" >}}`, `{% link x %}`, `{{ site.baseurl }}/x`. Which page it means is not certain.
 * @param raw the cells of a row as they are written; `|` in `[[words|page]]` parts a cell
 */
export function foreignLink(raw: readonly string[]): { url: string; text: string } | null {
  const [first = ''] = raw;
  const cell = (first.includes('[[') && !first.includes(']]') ? raw.slice(0, 2).join('|') : first).slice(
    0,
    2_000,
  );
  const [, double, single, bare] = /<a\s[^<>]*?href=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(cell) ?? [];
  const href = double ?? single ?? bare;
  const text = /\[([^[\]]*)\]\(/.exec(cell)?.[1] ?? cell.replace(/<[^<>]*>/g, '').trim();
  if (href !== undefined && !href.includes('{')) return { url: href, text };
  const wiki = /\[\[([^[\]]+)\]\]/.exec(cell)?.[1];
  if (wiki !== undefined) {
    const [words = '', page = words] = wiki.split(/\\?\|/);
    return { url: page.trim(), text: words.trim() };
  }
  const [, inside, behind = ''] = /\{[{%](?:<|%|-)?([^{}]*)\}(?:\})?([^\s)"'|]*)/.exec(cell) ?? [];
  if (inside === undefined) return null;
  const quoted = /["']([^"']+)["']/.exec(inside)?.[1] ?? /(?:^|\s)link\s+(\S+)/.exec(inside)?.[1] ?? '';
  return { url: `${quoted}${behind}`, text };
}
