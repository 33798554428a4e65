import type { Table, TextBlock } from '../../markdown/block.ts';
import { type Span, sourceOf, textOf, trimmed, within } from '../../markdown/rich-text.ts';
import { isLive, paragraphs, type Reading } from '../reading.ts';
import { onOneLine, runTogether } from './list.ts';
import { leaf, type Node } from './node.ts';
import { hasOwnFields, isBareValue, isField, isNamed, isWhole, plainItem, withoutBox } from './shapes.ts';

/** Lines that begin with the name of an item, or say all of it; what follows such a line belongs to it. */
export function namedLineNodes(reading: Reading, block: TextBlock, beforeList: boolean): Node[] {
  const nodes: Node[] = [];
  let open: Span[] = [];
  let named = false;
  const close = (): void => {
    if (open.length > 0) nodes.push(leaf('named lines', [plainItem([...paragraphs(open)])], named));
    open = [];
  };
  for (const line of block.lines) {
    const isName = isNamed(reading, line);
    const parts = isName ? runTogether(reading, line) : [line];
    if (parts.length > 1) {
      close();
      nodes.push(leaf('named lines', parts.map(onOneLine), true));
    } else if (isName || (!beforeList && isWhole(reading, line, false))) {
      close();
      open = [line];
      named = isName;
    } else if (open.length > 0) open.push(line);
  }
  close();
  return nodes;
}

/** Every line an item: a list without marks. */
export const lineNodes = (block: TextBlock): Node[] =>
  block.lines.map((line) => {
    const { rest, state } = withoutBox(line);
    return leaf('lines', [plainItem([rest], state)]);
  });

/**
 * Paragraphs cut into items: what is to be done on the first line, its fields on lines below. Where nothing else sets
 * items off, the next one begins with the line before a field that this one has already.
 */
export function blockNodes(reading: Reading, block: TextBlock): Node[] {
  const fields = block.lines.map((line) => fieldsOf(reading, line));
  const following = nextOnes(fields);
  const items: { own: Span[]; beneath: Span[] }[] = [];
  let has = new Set<string>();
  for (const [index, line] of block.lines.entries()) {
    const ids = fields[index] ?? [];
    const isText = ids.length === 0;
    const next = isText && has.size > 0 ? following[index] : ids;
    const again = next?.some((id) => has.has(id)) === true;
    const open = items.at(-1);
    if (
      open === undefined ||
      again ||
      (isText && next !== undefined && next !== ids && !hasColon.test(textOf(line)))
    ) {
      items.push({ own: [line], beneath: [] });
      has = new Set();
    } else if (isText && open.beneath.length === 0) open.own.push(line);
    else open.beneath.push(line);
    for (const id of ids) has.add(id);
  }
  return items.map(({ own, beneath }) => {
    const first = withoutBox(own[0] as Span);
    const item = plainItem([...paragraphs([first.rest, ...own.slice(1)])], first.state);
    // Lines with a date and people each are more than one item.
    const whole = own.filter((line) => !isField(reading, line) && hasOwnFields(reading, line)).length;
    const end = sourceOf(beneath.at(-1) ?? (own.at(-1) as Span)).end;
    return leaf('paragraphs', [{ ...item, beneath, end, doubt: Math.max(0, whole - 1) * 1.5 }]);
  });
}

const hasColon = /[:：]/;

/** For each line the fields of the next one that has any, itself included. */
function nextOnes(fields: readonly string[][]): (string[] | undefined)[] {
  let next: string[] | undefined;
  return fields
    .toReversed()
    .map((ids) => (next = ids.length > 0 ? ids : next))
    .toReversed();
}

/** The fields a line is nothing but: by their labels, or by what is in it. */
function fieldsOf(reading: Reading, line: Span): string[] {
  const { labels, states } = reading.kind;
  if (isField(reading, line)) return labels.find(line).map(({ id }) => id);
  const text = textOf(line);
  if (text.length < 20 && states.isState(text)) return ['state'];
  if (!isBareValue(reading, line)) return [];
  return text.includes('@') ? (/\d/.test(text) ? ['dri', 'due-date'] : ['dri']) : ['due-date'];
}

/** Items one after another in running text, with a semicolon between them, or a sentence each that says all of it. */
export function piecesOfText(reading: Reading, block: TextBlock): Node[] {
  const spans = [...paragraphs(block.lines)];
  const parted = spans.flatMap((span) => pieces(span, [';']));
  const sentences = spans
    .flatMap((span) => [...sentencesOf(span)])
    .filter((one) => isWhole(reading, one, false));
  const found = parted.length > 1 ? parted : sentences;
  return found.length < 2 ? [] : found.map((piece) => leaf('pieces', [plainItem([withoutCount(piece)])]));
}

function* sentencesOf(span: Span): Generator<Span> {
  const text = textOf(span);
  let from = 0;
  for (const { index } of text.matchAll(/[.!?](?=\s+[\p{Lu}\p{N}])/gu)) {
    yield trimmed(within(span, span.start + from, span.start + index + 1));
    from = index + 1;
  }
  yield trimmed(within(span, span.start + from, span.end));
}

/** `(a) one calendar`, `2) door displays`, `and 3. January`: which of them it is. */
function withoutCount(span: Span): Span {
  const count = /^(?:\p{L}{1,3}\s)?\(?(?:\d{1,2}|[a-z])[.)]\s+/u.exec(textOf(span))?.[0] ?? '';
  return within(span, span.start + count.length, span.end);
}

/** Lines with pipes or tabs between their cells, which Markdown does not take for a table. */
export function typedTable(block: TextBlock): Table | null {
  const rows = block.lines.flatMap((line) => {
    const text = textOf(line);
    if (/^[\s|:+=-]+$/.test(text)) return [];
    const cells = text.includes('|') ? pieces(line, ['||', '|']) : pieces(line, ['\t']);
    return [{ cells, ...sourceOf(line) }];
  });
  const width = rows[0]?.cells.length ?? 0;
  if (rows.length < 2 || width < 2) return null;
  if (rows.some(({ cells }) => Math.abs(cells.length - width) > 1)) return null;
  return { type: 'table', rows, start: block.start, end: block.end };
}

/** The pieces between separators; an empty one counts, but not at either end. */
function pieces(span: Span, separators: readonly string[]): Span[] {
  const text = textOf(span);
  const result: Span[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const sign = at === text.length ? '' : separators.find((one) => text.startsWith(one, at));
    if (sign === undefined) continue;
    result.push(trimmed(within(span, span.start + from, span.start + at)));
    from = at + sign.length;
    at = Math.max(at, from - 1);
  }
  const isEmpty = (piece: Span | undefined): boolean => piece !== undefined && !isLive(piece);
  return result.slice(isEmpty(result[0]) ? 1 : 0, isEmpty(result.at(-1)) ? -1 : undefined);
}
