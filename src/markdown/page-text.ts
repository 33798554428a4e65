import type { Definition, Html, Link, Nodes, Root, Table, TableCell } from 'mdast';
import { visit } from 'unist-util-visit';
import { foreignLink } from './foreign-link.ts';
import { headingIds } from './heading-ids.ts';
import { parseMarkdown } from './syntax.ts';

interface Point {
  line: number;
  column: number;
  offset: number;
}

interface Place {
  start: Point;
  end: Point;
}

interface FoundLink {
  url: string;
  text: string;
  place: Place;
}

/** See `PageText` of the model, which this is. */
export interface ReadPage {
  headings: { text: string; level: number; ids: string[]; place: Place }[];
  anchors: string[];
  links: FoundLink[];
  references: number[];
  tables: {
    head: string[];
    rows: { cells: string[]; raw: string[]; link: FoundLink | null; foreign: boolean; place: Place }[];
    place: Place;
  }[];
  marked: { start: number; end: number } | null;
  brokenMarks: boolean;
  krsBlock: { start: number; end: number } | 'broken' | null;
  opaque: boolean;
}

/**
 * Headings, anchors, links and tables of a page. Linear in the size of the text.
 * @param source the page with its front matter blanked out
 */
export function readPageText(source: string): ReadPage {
  const root = parseMarkdown(source);
  const definitions = definitionsOf(root);
  const headings: { text: string; level: number; place: Place }[] = [];
  const found: FoundLink[] = [];
  const html: Html[] = [];
  const hidden: { start: number; end: number }[] = [];
  visit(root, (node) => {
    if (node.type === 'heading') {
      const text = textOf(node)
        .replace(/\{(?::|\/\*)?\s*#[^{}]*\}\s*$/, '')
        .trim();
      headings.push({ text, level: node.depth, place: placeOf(node) });
    } else if (node.type === 'link') found.push(linkOf(node));
    else if (node.type === 'linkReference') {
      const definition = definitions.get(node.identifier);
      if (definition !== undefined)
        found.push({ url: definition.url, text: textOf(node), place: placeOf(node) });
    } else if (node.type === 'html') html.push(node);
    else if (node.type === 'code' || node.type === 'inlineCode') hidden.push(offsetsOf(node));
  });
  const ids = headingIds(headings.map(({ text }) => text));
  const tags = html.flatMap(tagsOf);
  const visible = blanked(source, hidden);
  return {
    headings: headings.map((heading, index) => ({ ...heading, ids: ids[index] ?? [] })),
    anchors: [...attributesIn(visible), ...tags.flatMap(({ names }) => names)],
    links: [...found, ...tags.flatMap(({ link }) => link ?? [])].toSorted(
      (a, b) => a.place.start.offset - b.place.start.offset,
    ),
    references: [...visible.matchAll(/(?<=^|[\s(,;])[\w./-]{0,300}[#&]\d{1,10}(?![\w-])/gm)].map(
      ({ index }) => index,
    ),
    tables: root.children.flatMap((node) =>
      node.type === 'table' ? [tableOf(node, definitions, source)] : [],
    ),
    ...plansMarks(html),
    krsBlock: marksIn(html, 'krs'),
    opaque: isOpaque(visible, html),
  };
}

function definitionsOf(root: Root): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  visit(root, 'definition', (node) => {
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, node);
  });
  return definitions;
}

function textOf(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

function placeOf(node: Nodes): Place {
  const point = (at: { line: number; column: number; offset?: number | undefined } | undefined): Point => ({
    line: at?.line ?? 1,
    column: at?.column ?? 1,
    offset: at?.offset ?? 0,
  });
  return { start: point(node.position?.start), end: point(node.position?.end) };
}

function offsetsOf(node: Nodes): { start: number; end: number } {
  const { start, end } = placeOf(node);
  return { start: start.offset, end: end.offset };
}

const linkOf = (node: Link): FoundLink => ({ url: node.url, text: textOf(node), place: placeOf(node) });

function blanked(source: string, hidden: readonly { start: number; end: number }[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of hidden) {
    if (start < from) continue;
    parts.push(source.slice(from, start), source.slice(start, end).replace(/[^\n]/g, ' '));
    from = end;
  }
  return [...parts, source.slice(from)].join('');
}

/** Ids in attribute lists of Kramdown (`{: #x}`, `{: name="x"}`) and Hugo (`{#x}`). */
function attributesIn(visible: string): string[] {
  return [...visible.matchAll(/\{(?::|\/\*)?[ \t]*((?:#|id=|name=|\.|class=)[^{}\n]{0,300})\}/g)].flatMap(
    ([, list = '']) => [
      ...[...list.matchAll(/(?<=^|\s)#([^\s{}"'=]+)/g)].map(([, id = '']) => id),
      ...[...list.matchAll(/(?<=^|\s)(?:id|name)=(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g)].map(
        ([, double, single, bare]) => double ?? single ?? bare ?? '',
      ),
    ],
  );
}

const attribute = /\s(id|name|href)\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))/gi;

function tagsOf(node: Html): { names: string[]; link: FoundLink | null }[] {
  const value = node.value.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  return [...value.matchAll(/<([a-z][a-z0-9-]*)(\s[^<>]*)>/gi)].map(([, tag = '', attributes = '']) => {
    const names: string[] = [];
    let link: FoundLink | null = null;
    for (const [, key = '', double, single, bare] of attributes.matchAll(attribute)) {
      const text = double ?? single ?? bare ?? '';
      if (key.toLowerCase() !== 'href') names.push(text);
      else if (tag.toLowerCase() === 'a') link = { url: text, text: '', place: placeOf(node) };
    }
    return { names, link };
  });
}

function tableOf(
  node: Table,
  definitions: ReadonlyMap<string, Definition>,
  source: string,
): ReadPage['tables'][number] {
  const rawOf = ({ children }: TableCell): string => {
    const [first, last] = [children[0], children.at(-1)];
    if (first === undefined || last === undefined) return '';
    return source.slice(offsetsOf(first).start, offsetsOf(last).end).trim();
  };
  const [head, ...rows] = node.children;
  return {
    head: (head?.children ?? []).map((cell) => textOf(cell).trim()),
    rows: rows.map((row) => {
      const raw = row.children.map(rawOf);
      const found = firstLink(row.children[0], definitions);
      // `{{site.baseurl}}/x` without a blank is an address for Markdown, and none for anyone.
      const link = found?.url.includes('{') === true ? null : found;
      const other = link === null ? foreignLink(raw) : null;
      return {
        cells: row.children.map((cell) => textOf(cell).trim()),
        raw,
        link: link ?? (other === null ? null : { ...other, place: placeOf(row) }),
        foreign: other !== null,
        place: placeOf(row),
      };
    }),
    place: placeOf(node),
  };
}

function firstLink(cell: Nodes | undefined, definitions: ReadonlyMap<string, Definition>): FoundLink | null {
  if (cell === undefined) return null;
  if (cell.type === 'link') return linkOf(cell);
  if (cell.type === 'linkReference') {
    const definition = definitions.get(cell.identifier);
    return definition === undefined
      ? null
      : { url: definition.url, text: textOf(cell), place: placeOf(cell) };
  }
  if (!('children' in cell)) return null;
  for (const child of cell.children) {
    const link = firstLink(child, definitions);
    if (link !== null) return link;
  }
  return null;
}

function plansMarks(html: readonly Html[]): Pick<ReadPage, 'marked' | 'brokenMarks'> {
  const found = marksIn(html, 'plans');
  return found === 'broken' ? { marked: null, brokenMarks: true } : { marked: found, brokenMarks: false };
}

/** What is between `<!-- name:start -->` and `<!-- name:end -->`; null: there is no such mark. */
function marksIn(html: readonly Html[], name: 'plans' | 'krs'): ReadPage['krsBlock'] {
  const found = html.flatMap((node) => {
    const [, what, which] = /^<!--\s*(plans|krs):(start|end)\s*-->$/i.exec(node.value.trim()) ?? [];
    if (what?.toLowerCase() !== name) return [];
    return [{ isStart: which?.toLowerCase() === 'start', ...offsetsOf(node) }];
  });
  const [first, second] = found;
  if (first === undefined) return null;
  if (found.length !== 2 || !first.isStart || second === undefined || second.isStart) return 'broken';
  return { start: first.end, end: second.start };
}

/** What other tools put in the place of an include or a component. */
const generated = /\{\{|\{%|\{!|<%|^::include\{|^[ \t]*-+8<-+|\[!INCLUDE\b|\[\[include\b/im;

/** Shortcodes, includes, components and headings in HTML: then the text does not tell every id of the page. */
function isOpaque(visible: string, html: readonly Html[]): boolean {
  return (
    generated.test(visible) || html.some(({ value }) => /<h[1-6][\s>]/i.test(value) || /<[A-Z]/.test(value))
  );
}
