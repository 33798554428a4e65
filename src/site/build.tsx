import type { Report } from '../records/read-report.ts';
import { script } from './assets/script.ts';
import { style } from './assets/style.ts';
import { siteData } from './data/site-data.ts';
import type { Board, SiteData } from './data/types.ts';
import { secretsOf } from './leaks.ts';
import { krsOf } from './view/answer.tsx';
import { BoardPageView, EmbedView, manyRows, ObjectivePage } from './view/board.tsx';
import { cardSvg } from './view/card.ts';
import type { WhereOnSite } from './view/hygiene.tsx';

/** Path to content, in the order in which the files are written. */
export type SiteFiles = Map<string, string>;

/** Something confidential was about to be published. The message does not say what. */
export class LeakError extends Error {
  override readonly name = 'LeakError';
}

/**
 * The files of the dashboard. Pure: the same report gives the same bytes.
 * @param metrics the report as OpenMetrics
 * @throws LeakError when a file would hold a word of a confidential subject
 */
export function buildSite(report: Report, metrics: string): SiteFiles {
  const secrets = secretsOf(report);
  const data = masked(siteData(report), (text) => secrets.mask(text));
  const files: SiteFiles = new Map();
  const boards = new Map(data.quarters.map((board) => [board.name, board]));
  const board = (name: string): Board => {
    const found = boards.get(name);
    if (found === undefined) throw new Error(`no board ${name}`);
    return found;
  };
  const current = board(data.current);
  files.set('index.html', boardPage(data, current, { root: '', folder: `${current.folder}/` }));
  for (const one of data.quarters) {
    files.set(`${one.folder}/index.html`, boardPage(data, one, { root: '../', folder: '' }));
    if (krsOf(one).length <= manyRows) continue;
    for (const objective of one.objectives) {
      const page = <ObjectivePage data={data} board={one} objective={objective} />;
      files.set(`${one.folder}/${objective.id}.html`, document(page));
    }
  }
  for (const [name, one] of [
    ['current', current],
    ['previous', board(data.previous)],
  ] as const) {
    files.set(`embed/${name}.html`, document(<EmbedView data={data} board={one} />));
    files.set(`${name}.svg`, cardSvg(data, one));
  }
  files.set('data.json', `${JSON.stringify(data)}\n`);
  files.set('metrics.txt', metrics);
  files.set('style.css', style);
  files.set('site.js', script);
  for (const [path, content] of files) {
    if (secrets.find(content) !== null)
      throw new LeakError(`${path} would show something of a confidential issue, so nothing was written.`);
  }
  return files;
}

function boardPage(data: SiteData, board: Board, { root, folder }: { root: string; folder: string }): string {
  const where = placesOf(data, root);
  const onThisPage = krsOf(board).length <= manyRows;
  return document(
    <BoardPageView
      data={data}
      board={board}
      root={root}
      folder={folder}
      whereOnSite={(name, id) => (name === board.folder && onThisPage ? `#${id}` : where(name, id))}
      where={(id) => (onThisPage ? `#${id}` : where(board.folder, id))}
    />,
  );
}

/** Where each KR is, from a page whose way to the root is `root`. */
function placesOf(data: SiteData, root: string): WhereOnSite {
  const pages = new Map<string, string>();
  for (const board of data.quarters) {
    const isLarge = krsOf(board).length > manyRows;
    for (const { id, krs } of board.objectives)
      for (const kr of krs) pages.set(kr.id, `${board.folder}/${isLarge ? id : 'index'}.html`);
  }
  return (_board, id) => `${root}${pages.get(id) ?? 'index.html'}#${id}`;
}

function document(page: unknown): string {
  return `<!DOCTYPE html>\n${String(page)}\n`;
}

/** Every text of the data with what is confidential replaced; an address that leads there is none. */
function masked<T>(value: T, mask: (text: string) => string): T {
  if (typeof value === 'string') return mask(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, mask)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
    const isLeak = /url$/i.test(key) && typeof item === 'string' && mask(item) !== item;
    return [key, isLeak ? null : masked(item, mask)];
  });
  return Object.fromEntries(entries) as T;
}
