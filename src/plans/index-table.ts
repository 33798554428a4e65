import type { IndexRow, PageTable, PlanFolder, PlanPage } from '../model/plan-folder.ts';
import { plain } from '../text/markdown-escape.ts';
import { planTables } from './folder.ts';

export const startMark = '<!-- plans:start -->';
export const endMark = '<!-- plans:end -->';

const defaultHead = ['| Plan | Other Resources and Links |', '|------|--------------------------|'];

export interface IndexChange {
  /** The index as it should be; the text as it is when nothing changes. */
  text: string;
  added: string[];
  /** Rows that are gone, as they were written. */
  removed: string[];
  /** Rows that lead to another page, or have another title, than before. */
  changed: string[];
}

/**
 * The index with its table of plans made anew: rows that are there keep their place and all columns but the first, a
 * row whose page was renamed goes on as that of the new page, dead rows go, pages without a row come last, by title.
 * @param source the text of the index
 * @returns the change; a sentence when it cannot be made
 */
export function renewedIndex(folder: PlanFolder, source: string): IndexChange | string {
  const { index, rows } = folder;
  if (index === null) return 'there is no index in the folder';
  if (index.document.unread !== null) return 'it could not be read, so what is in its table is not known';
  if (index.text.brokenMarks) {
    return `the comment marks are not a pair: put ${startMark} before the table and ${endMark} after it, once each`;
  }
  const tables = planTables(index.text) ?? [];
  if (tables.length > 1 && index.text.marked === null) {
    return `there is more than one table of plans: put ${startMark} before the one that is to be kept, and ${endMark} after it`;
  }
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const [table] = tables;
  const columns = Math.max(2, table?.head.length ?? 0);
  const made = newRows(folder, rows ?? [], source, columns);
  const lines = [...headOf(table, source), ...made.lines];
  const block = [startMark, '', ...lines, '', endMark].join(eol);
  const { added, removed, changed } = made;
  return { text: placed(source, index, table, block, eol), added, removed, changed };
}

function headOf(table: PageTable | undefined, source: string): string[] {
  if (table === undefined) return defaultHead;
  const written = source.slice(table.place.start.offset, table.place.end.offset).split(/\r?\n/);
  return written.slice(0, 2).map((line) => line.trim());
}

/** Where the block goes: between the marks, in the place of the table, else to the end of the page. */
function placed(
  source: string,
  { text }: PlanPage,
  table: PageTable | undefined,
  block: string,
  eol: string,
): string {
  if (text.marked !== null) {
    const start = source.lastIndexOf('<!--', text.marked.start);
    const end = source.indexOf('-->', text.marked.end) + '-->'.length;
    return `${source.slice(0, start)}${block}${source.slice(end)}`;
  }
  if (table !== undefined) {
    const { start, end } = table.place;
    return `${source.slice(0, start.offset)}${block}${source.slice(end.offset)}`;
  }
  const gap = source === '' || source.endsWith(`${eol}${eol}`) ? '' : source.endsWith(eol) ? eol : eol + eol;
  return `${source}${gap}## Plans${eol}${eol}${block}${eol}`;
}

interface NewRows extends Omit<IndexChange, 'text'> {
  lines: string[];
}

function newRows(folder: PlanFolder, rows: readonly IndexRow[], source: string, columns: number): NewRows {
  const byPath = new Map(folder.pages.map((page) => [page.path, page]));
  const done = new Set(rows.flatMap(({ target }) => (target.to === 'page' ? [target.path] : [])));
  const seen = new Set<string>();
  const made: NewRows = { lines: [], added: [], removed: [], changed: [] };
  for (const row of rows) {
    const line = source.slice(row.place.start.offset, row.place.end.offset).trim();
    const { target } = row;
    // What is merely alike may be another plan: its row would take over notes that are not its own.
    const certain = target.to === 'nothing' && target.renamed?.certain === true ? target.renamed.path : null;
    const renamed = certain === null || done.has(certain) ? null : certain;
    const path = target.to === 'page' ? target.path : renamed;
    const page = path === null ? undefined : byPath.get(path);
    if (target.to === 'unknown') made.lines.push(line);
    else if (page === undefined || seen.has(page.path)) made.removed.push(line);
    else {
      seen.add(page.path);
      done.add(page.path);
      const url = target.to === 'page' && row.link !== null ? row.link.url : addressOf(page, folder);
      // A section page has a row because someone wants it there: its words stay, and so does a link of the site's own.
      const same =
        target.to === 'page' &&
        (page.role !== 'plan' || page.title === '' || row.foreign || row.cells[0] === nameOf(page));
      const next = same ? line : rowOf(page, url, row.raw.slice(1), columns);
      if (next !== line) made.changed.push(next);
      made.lines.push(next);
    }
  }
  const missing = folder.pages.filter(
    ({ role, unpublished, path }) => role === 'plan' && !unpublished && !done.has(path),
  );
  for (const page of missing.toSorted(byTitle)) {
    const line = rowOf(page, addressOf(page, folder), [], columns);
    made.added.push(line);
    made.lines.push(line);
  }
  return made;
}

const nameOf = ({ title, slug }: PlanPage): string => plain(title === '' ? slug : title, 200);

/** Not by the rules of a language: the order must be the same on every machine. */
function byTitle(a: PlanPage, b: PlanPage): number {
  const [left, right] = [nameOf(a).toLowerCase(), nameOf(b).toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  return a.path < b.path ? -1 : 1;
}

function rowOf(page: PlanPage, url: string, rest: readonly string[], columns: number): string {
  const first = `[${nameOf(page).replace(/[\\`*_[\]<>|~]/g, '\\$&')}](${url})`;
  const cells = [first, ...Array.from({ length: columns - 1 }, (_, index) => rest[index] ?? '')];
  return `| ${cells.map((cell) => (cell === '' ? '' : `${cell} `)).join('| ')}|`;
}

/** As most rows have it: the address on the site, else the file. */
function addressOf(page: PlanPage, { rows, base }: PlanFolder): string {
  const urls = (rows ?? []).flatMap(({ link }) => link?.url ?? []);
  const onSite = urls.filter((url) => url.startsWith('/')).length * 2 >= urls.length;
  const encode = (path: string) =>
    path
      .split('/')
      .map((part) => encodeURIComponent(part))
      .join('/');
  if (base !== null && onSite) return `${base === '/' ? '' : base}/${encode(page.slug.toLowerCase())}/`;
  return encode(page.path);
}
