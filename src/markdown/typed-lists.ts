import type { Block, Item, Placed } from './block.ts';
import { isAll, marks, type Span, sourceOf, textOf, trimmed, within } from './rich-text.ts';

/** A bullet or box that Markdown does not take for one: `• item`, `1\. item`, `[x] item`, `-[ ] item`. */
const bullet =
  /^(?:[•‣▪▫●○◦∙·–—■□◆◇❖►▸▶➤➢]\s*|\(?\d{1,2}[.)]\s+|[-*+](?=\[[ xX~]\]))?(?:\[([ xX~]?)\](?![([:])\s*)?/;

/** A paragraph whose lines begin with typed bullets or boxes is a list; lines before the first one stay text. */
export function typedList(lines: readonly Span[], place: Placed): Block[] {
  const heads = lines.map((line) =>
    isAll(within(line, line.start, Math.min(line.end, line.start + 1)), marks.strong)
      ? null
      : bullet.exec(line.rich.text.slice(line.start, Math.min(line.end, line.start + 16))),
  );
  if (isSentence(lines, heads)) return [{ type: 'text', lines: [...lines], ...place }];
  const first = heads.findIndex((head) => isBullet(head));
  if (first === -1) return [{ type: 'text', lines: [...lines], ...place }];
  const items: { lines: Span[]; box: string | null }[] = [];
  for (const [index, line] of lines.entries()) {
    const head = heads[index];
    if (index < first) continue;
    if (head != null && isBullet(head)) {
      const rest = trimmed(within(line, Math.min(line.end, line.start + head[0].length), line.end));
      items.push({ lines: [rest], box: head[1]?.toLowerCase() ?? null });
    } else items.at(-1)?.lines.push(line);
  }
  const before = lines.slice(0, first);
  const startOf = (span: Span): number => sourceOf(span).start;
  const list: Block = {
    type: 'list',
    ordered: false,
    items: items.map(({ lines: own, box }) => asItem(own, box)),
    start: startOf(lines[first] as Span),
    end: place.end,
  };
  if (before.length === 0) return [list];
  return [
    { type: 'text', lines: before, start: place.start, end: sourceOf(before.at(-1) as Span).end },
    list,
  ];
}

/** One number alone may have been escaped so that it is not a list: `1\\. only a sentence`. */
function isSentence(lines: readonly Span[], heads: readonly (RegExpExecArray | null)[]): boolean {
  const found = heads.filter(isBullet);
  return (
    found.length === 1 &&
    /^\(?\d/.test(found[0]?.[0] ?? '') &&
    !/\[|@|:|\d/.test(
      lines
        .map((line) => textOf(line))
        .join(' ')
        .slice(found[0]?.[0].length),
    )
  );
}

const isBullet = (head: RegExpExecArray | null | undefined): boolean => head != null && head[0] !== '';

function asItem(lines: readonly Span[], box: string | null): Item {
  const first = lines[0] as Span;
  const start = sourceOf(first).start;
  const { end } = sourceOf(lines.at(-1) as Span);
  const kept = lines.filter((line) => line.start < line.end);
  const blocks: Block[] =
    kept.length === 0 ? [] : [{ type: 'text', lines: kept, start, end: Math.max(start, end) }];
  return { box, blocks, start, end: Math.max(start, end) };
}
