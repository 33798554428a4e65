import type { IndexRow, LinkTarget, PageText, PlanFolder, PlanPage, TableRow } from '../model/plan-folder.ts';
import { aliasKey, belowBase, resolved, type Surroundings, targetOf } from './links.ts';
import { slugsOfFiles, translationOf } from './names.ts';
import { plainWords, type Suggest, suggester } from './nearest.ts';
import { indexNames, isPlanTable, type LonePage, listsPlans } from './page.ts';
import { addressParts, asAddress, type Base, baseOf } from './site.ts';

export interface FolderInput {
  name: string;
  pages: readonly LonePage[];
  /** Files that are not pages, by path from the folder. */
  files: readonly string[];
  outside: Surroundings['outside'];
  /** Parts of the folder's absolute path. */
  folderPath: readonly string[];
  settings: { siteRoot: string | null; index: string | null };
  online: PlanFolder['online'];
  before: PlanFolder['before'];
  today: string;
}

/** Puts pages together: which is the index, which rows and links lead where. Pure; linear in the size of the texts. */
export function planFolder(input: FolderInput): PlanFolder {
  const pages = withRoles(input.pages, input.settings.index);
  const index = pages.find(({ role }) => role === 'index') ?? null;
  const rows = index === null ? null : rowsOf(index.text);
  const bySlug = pagesBySlug(pages);
  const siteHost = /^https?:\/\/([^/]+)/i.exec(input.settings.siteRoot ?? '')?.[1]?.toLowerCase() ?? null;
  const base = baseOf({
    siteRoot: input.settings.siteRoot,
    folderPath: input.folderPath,
    rows: (rows ?? []).flatMap(({ link }) => {
      const parts = addressOf(link?.url, siteHost);
      return parts === null ? [] : [parts];
    }),
    hasPage: (slug) => bySlug.has(slug) && bySlug.get(slug) !== index,
  });
  const around: Surroundings = {
    pages: new Map(pages.map((page) => [page.path, page])),
    bySlug,
    byAlias: new Map(pages.flatMap((page) => page.aliases.map((alias) => [aliasKey(alias), page]))),
    files: new Set(input.files),
    slugsOfFiles: slugsOfFiles(input.files),
    ownFolder: input.folderPath.at(-1)?.toLowerCase() ?? null,
    folders: foldersOf([...pages.map(({ path }) => path), ...input.files]),
    base: base?.sure === true ? base.parts : null,
    siteHost,
    outside: input.outside,
    suggest: suggester(),
  };
  const linked: PlanPage[] = pages.map((page) => ({
    ...page,
    links: page.text.links.map((link) => ({ link, target: targetOf(link.url, page, around) })),
  }));
  return {
    name: input.name,
    pages: linked,
    index: linked.find(({ role }) => role === 'index') ?? null,
    rows: index === null || rows === null ? null : targetsOf(rows, index, around, base),
    base: base === null ? null : `/${base.parts.join('/')}`,
    online: input.online,
    before: input.before,
    today: input.today,
  };
}

/** The slug of its path is a page's own; the others count where no page has them. */
function pagesBySlug(pages: readonly LonePage[]): Map<string, LonePage> {
  const byOwn = new Map(pages.toReversed().map((page) => [asAddress(page.slug.split('/')), page]));
  for (const page of pages) {
    for (const slug of page.otherSlugs) if (!byOwn.has(slug)) byOwn.set(slug, page);
  }
  return byOwn;
}

/** Exactly one page is the index: as the policy names it, by its name, or the only one at the top that lists plans. */
function withRoles(pages: readonly LonePage[], named: string | null): LonePage[] {
  const top = pages.filter(({ path }) => !path.includes('/'));
  const lists = top.filter(({ text }) => listsPlans(text));
  const index =
    named === null
      ? (indexNames.flatMap((name) => top.find(({ path }) => path === name) ?? [])[0] ??
        (lists.length === 1 ? lists[0] : undefined))
      : pages.find(({ path }) => path === named.replace(/^\.\//, ''));
  const paths = new Set(pages.map(({ path }) => path));
  return pages.map((page) => {
    if (page === index) return { ...page, role: 'index', slug: '' };
    // The plan is the page in the first language.
    const original = translationOf(page.path);
    if (original !== null && paths.has(original)) return { ...page, role: 'section' };
    // A second page with the address of the folder itself is not a plan.
    return page.slug === '' && index !== undefined ? { ...page, role: 'section' } : page;
  });
}

/**
 * The tables of plans: those between the marks, those that are called so, else all whose first column has links to
 * pages of the site in most rows. Null: there is none.
 */
export function planTables({ tables, marked }: PageText): PageText['tables'] | null {
  if (marked !== null) {
    return tables.filter(({ place }) => place.start.offset >= marked.start && place.end.offset <= marked.end);
  }
  const named = tables.filter(isPlanTable);
  const chosen =
    named.length > 0
      ? named
      : tables.filter(({ rows }) => rows.filter(leadsToPage).length * 2 > rows.filter(isFilled).length);
  return chosen.length === 0 ? null : chosen;
}

const isFilled = ({ cells }: TableRow): boolean => cells.some((cell) => cell !== '');

const leadsToPage = ({ link }: TableRow): boolean =>
  link !== null && !/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)|\/-\//i.test(link.url);

function rowsOf(text: PageText): TableRow[] | null {
  const tables = planTables(text);
  return tables === null ? null : tables.flatMap(({ rows }) => rows.filter(isFilled));
}

function targetsOf(
  rows: readonly TableRow[],
  index: LonePage,
  around: Surroundings,
  base: Base | null,
): IndexRow[] {
  const byName = pagesByName(around.pages.values());
  const targets = rows.map((row) => rowTarget(row, index, around, base) ?? foreignTarget(row, byName));
  const listed = new Set(targets.flatMap((target) => (target.to === 'page' ? [target.path] : [])));
  const isFree = ({ role, path }: LonePage) => role === 'plan' && !listed.has(path);
  const free = freePages([...around.pages.values()].filter(isFree));
  return rows.map((row, at) => {
    const target = targets[at] as IndexRow['target'];
    if (target.to !== 'nothing') return { ...row, target };
    return { ...row, target: { ...target, renamed: renamedTo(row, target.slug, free, around.suggest) } };
  });
}

/** @returns null: a link that is no Markdown leads nowhere by its address */
function rowTarget(
  row: TableRow,
  index: LonePage,
  around: Surroundings,
  base: Base | null,
): IndexRow['target'] | null {
  const { link } = row;
  if (link === null) return { to: 'nothing', slug: '', renamed: null };
  const target = targetOf(link.url, index, { ...around, base: base?.parts ?? null });
  if (target.to === 'page') {
    // A row that leads to the index itself names no plan.
    return target.path === index.path ? { to: 'unknown' } : inFolder(target);
  }
  if (row.foreign) return null;
  if (target.to !== 'nothing') return { to: 'unknown' };
  return { to: 'nothing', slug: slugIn(link.url, base, around.siteHost), renamed: null };
}

/** Plans by title and by the last part of every slug, in plain words; null: several have that name. */
function pagesByName(pages: Iterable<LonePage>): Map<string, LonePage | null> {
  const byName = new Map<string, LonePage | null>();
  for (const page of pages) {
    if (page.role !== 'plan') continue;
    const names = [page.title, lastPart(page.slug), ...page.otherSlugs.map(lastPart)].map(plainWords);
    for (const name of new Set(names)) byName.set(name, byName.has(name) ? null : page);
  }
  byName.delete('');
  return byName;
}

/** What a site or wiki takes for a link is looked up by the name it has at its end, then by its words. */
function foreignTarget({ link }: TableRow, byName: ReadonlyMap<string, LonePage | null>): IndexRow['target'] {
  const bare = (link?.url ?? '')
    .replace(/[#?].*$/s, '')
    .replace(/\/+$/, '')
    .replace(/\.(?:md|markdown|html)$/i, '');
  const found = byName.get(plainWords(lastPart(bare))) ?? byName.get(plainWords(link?.text ?? ''));
  return found == null ? { to: 'unknown' } : { to: 'page', path: found.path };
}

const inFolder = ({ path }: Extract<LinkTarget, { to: 'page' }>): IndexRow['target'] =>
  path.startsWith('../') ? { to: 'unknown' } : { to: 'page', path };

/** The slug that a row's link was meant for. */
function slugIn(url: string, base: Base | null, siteHost: string | null): string {
  const bare = url.replace(/[#?].*$/s, '');
  const parts = addressOf(bare, siteHost);
  const below = parts === null ? null : base === null ? parts : (belowBase(parts, base.parts) ?? parts);
  const path = below === null ? (resolved('', bare) ?? bare) : below.join('/');
  return path.replace(/(?:\/_?index)?\.(?:md|markdown|html)$/i, '').replace(/\/+$/, '');
}

/** Pages without a row, by what a row may still know of them; the path of each. */
interface FreePages {
  byTitle: ReadonlyMap<string, string>;
  bySlug: ReadonlyMap<string, string>;
  byLastPart: ReadonlyMap<string, string>;
}

function freePages(pages: readonly LonePage[]): FreePages {
  const by = (key: (page: LonePage) => string) =>
    new Map(pages.toReversed().map((page) => [key(page), page.path]));
  return {
    byTitle: by(({ title }) => plainWords(title)),
    bySlug: by(({ slug }) => slug),
    byLastPart: by(({ slug }) => lastPart(slug)),
  };
}

const lastPart = (slug: string): string => slug.slice(slug.lastIndexOf('/') + 1).toLowerCase();

/** The page without a row that a dead row was most likely for: by title, by the name in another folder, by what is near. */
function renamedTo(
  row: TableRow,
  slug: string,
  free: FreePages,
  suggest: Suggest,
): { path: string; certain: boolean } | null {
  const title = plainWords(row.cells[0] ?? '');
  const same =
    (title === '' ? undefined : free.byTitle.get(title)) ??
    (slug === '' ? undefined : free.byLastPart.get(lastPart(slug)));
  if (same !== undefined) return { path: same, certain: true };
  const bySlug = slug === '' ? null : suggest(slug, free.bySlug.keys());
  const byTitle = bySlug === null && title.length >= 4 ? suggest(title, free.byTitle.keys()) : null;
  const like =
    bySlug !== null ? free.bySlug.get(bySlug) : byTitle !== null ? free.byTitle.get(byTitle) : undefined;
  return like === undefined ? null : { path: like, certain: false };
}

/** An address on the site as its parts; null for other hosts and relative links. */
function addressOf(url: string | undefined, siteHost: string | null): string[] | null {
  if (url === undefined) return null;
  const bare = url.replace(/[#?].*$/s, '');
  const host = /^https?:\/\/([^/]+)/i.exec(bare)?.[1]?.toLowerCase();
  if (host !== undefined)
    return host === siteHost ? addressParts(bare.replace(/^https?:\/\/[^/]+/i, '')) : null;
  return bare.startsWith('/') && !bare.startsWith('//') ? addressParts(bare) : null;
}

function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}
