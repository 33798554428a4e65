import type { AnchorState, LinkTarget, PageText } from '../model/plan-folder.ts';
import type { Suggest } from './nearest.ts';
import type { LonePage } from './page.ts';
import { addressParts, asAddress, segmentsOf } from './site.ts';

/** What is known of the files around, for telling where a link leads. */
export interface Surroundings {
  /** Pages of the folder by path. */
  pages: ReadonlyMap<string, LonePage>;
  /** Pages of the folder by slug as an address. */
  bySlug: ReadonlyMap<string, LonePage>;
  /** By the addresses they also answer to. */
  byAlias: ReadonlyMap<string, LonePage>;
  /** Every file of the folder that is not a page, by path. */
  files: ReadonlySet<string>;
  /** Slugs of those of them that are pages for the site. */
  slugsOfFiles: ReadonlySet<string>;
  folders: ReadonlySet<string>;
  /** The folder's own name in lower case. */
  ownFolder: string | null;
  /** Parts of the folder's address on the site; null: not known for certain. */
  base: readonly string[] | null;
  /** Host of the site, when the policy names it. */
  siteHost: string | null;
  /** What is outside of the folder, by path from it (`../runbooks/x.md`); a path that is not in it was not looked up. */
  outside: ReadonlyMap<string, PageText | 'there' | 'absent'>;
  suggest: Suggest;
}

/** Where a link of a page leads. */
export function targetOf(url: string, from: LonePage, around: Surroundings): LinkTarget {
  const [address, anchor] = cut(url);
  if (address === '') return toPage(from, anchor, around);
  if (/^\/\/|^[a-z][a-z0-9+.-]*:/i.test(address)) {
    const own = ownAddress(address, around.siteHost);
    return own === null ? { to: 'unchecked', why: 'other host' } : onSite(own, anchor, around);
  }
  // Templates, and the aliases of bundlers (`@site/docs/x.md`).
  if (/[{}<>]|^[#?@~$]/.test(address)) return { to: 'unchecked', why: 'not a path' };
  const path = address.replace(/\?.*$/s, '');
  if (path === '') return toPage(from, anchor, around);
  if (ofGitLab.test(path)) return { to: 'unchecked', why: 'other part of the site' };
  return path.startsWith('/') ? onSite(path, anchor, around) : relative(path, anchor, from, around);
}

/** A page of a project, and an upload: neither is a file of the repository. */
const ofGitLab = /(?:^|\/)-\/|^\/?uploads\/[^/]+\//;

/** A link that GitLab takes for one of its own pages of the file: line numbers, comments. */
const ownAnchor = /^(?:L\d+(?:-L?\d+)?|note_\d+|top|fn[:-]?.*|fnref[:-]?.*|_.*)$/i;

function cut(url: string): [string, string | null] {
  const at = url.indexOf('#');
  return at === -1 ? [url.trim(), null] : [url.slice(0, at).trim(), url.slice(at + 1)];
}

function ownAddress(address: string, siteHost: string | null): string | null {
  if (siteHost === null || !URL.canParse(address, 'https://site.invalid')) return null;
  const { host, pathname } = new URL(address, 'https://site.invalid');
  return host === siteHost ? pathname : null;
}

function onSite(path: string, anchor: string | null, around: Surroundings): LinkTarget {
  const alias = around.byAlias.get(aliasKey(path));
  if (alias !== undefined) return toPage(alias, anchor, around);
  const parts = addressParts(path);
  if (parts === null || around.base === null) return { to: 'unchecked', why: 'other part of the site' };
  const below = belowBase(parts, around.base);
  // `/doc/x.md` counts from the root of the repository for GitLab: another matter than the site.
  if (below === null) return { to: 'unchecked', why: 'other part of the site' };
  const slug = asAddress(below).replace(/(?:\.html)?\.(?:md|markdown)$/, '');
  const page = around.bySlug.get(slug);
  if (page !== undefined) return toPage(page, anchor, around);
  if (around.files.has(below.join('/'))) return { to: 'file' };
  // A section without a page of its own: the site may list it.
  if (around.folders.has(below.join('/')) || around.slugsOfFiles.has(slug)) return { to: 'file' };
  // A folder that is the whole site has pages that no one wrote, and neighbours below the same root.
  if (around.base.length === 0) return { to: 'unchecked', why: 'other part of the site' };
  return { to: 'nothing', nearest: around.suggest(slug, around.bySlug.keys()) };
}

export const aliasKey = (path: string): string => `/${(addressParts(path) ?? []).join('/').toLowerCase()}`;

/** The parts below the base; null: somewhere else. */
export function belowBase(parts: readonly string[], base: readonly string[]): string[] | null {
  const inside = base.every((part, index) => parts[index]?.toLowerCase() === part.toLowerCase());
  return inside ? parts.slice(base.length) : null;
}

/** `..` and `.` resolved, from the folder on; what leads out of it begins with `..`. */
export function resolved(from: string, path: string): string | null {
  const steps = segmentsOf(path);
  if (steps === null) return null;
  const parts = from.split('/').slice(0, -1);
  let above = 0;
  for (const step of steps) {
    if (step !== '..') parts.push(step);
    else if (parts.length > 0) parts.pop();
    else above += 1;
  }
  return [...Array.from({ length: above }, () => '..'), ...parts].join('/');
}

/**
 * The paths a relative link may mean: from the file, as GitLab has it, and from the page's address, which is one
 * level deeper for `slug.md`. Only the first counts where the link names a file.
 */
export function readingsOf(path: string, from: Pick<LonePage, 'path'>): string[] {
  const byFile = resolved(from.path, path);
  const named = /\.[a-z0-9]{1,8}$/i.test(path);
  const deeper = from.path.replace(/(?:\.html)?\.(?:md|markdown)$/i, '/index.md');
  const byAddress =
    named || /(?:^|\/)_?index\.(?:md|markdown)$/i.test(from.path) ? null : resolved(deeper, path);
  return [...new Set([byFile, byAddress].filter((one) => one !== null))];
}

function relative(path: string, anchor: string | null, from: LonePage, around: Surroundings): LinkTarget {
  const readings = readingsOf(path, from);
  if (readings.length === 0) return { to: 'unchecked', why: 'not a path' };
  const targets = readings.map((reading) => atPath(reading, anchor, around));
  const found = targets.find(({ to }) => to === 'page' || to === 'file');
  if (found !== undefined) return found;
  const inWiki = fromRoot(path, around);
  if (inWiki !== undefined) return toPage(inWiki, anchor, around);
  return targets.find(({ to }) => to === 'unchecked') ?? targets[0] ?? { to: 'unchecked', why: 'not a path' };
}

/** A wiki counts the name of a page from its root, wherever the link is. */
function fromRoot(path: string, { bySlug, ownFolder }: Surroundings): LonePage | undefined {
  const parts = path.startsWith('.') ? null : segmentsOf(path);
  if (parts === null) return undefined;
  const below = parts[0]?.toLowerCase() === ownFolder ? bySlug.get(asAddress(parts.slice(1))) : undefined;
  return bySlug.get(asAddress(parts)) ?? below;
}

function atPath(path: string, anchor: string | null, around: Surroundings): LinkTarget {
  if (path === '..' || path.startsWith('../')) return outside(path, anchor, around);
  const page = around.pages.get(path);
  if (page !== undefined) return toPage(page, anchor, around);
  if (around.files.has(path) || path === '') return { to: 'file' };
  // `x.html` is what the site makes of `x.md`.
  const made = path.replace(/\.html$/i, '');
  const named = /\.[a-z0-9]{1,8}$/i.test(made);
  const slug = asAddress(made.split('/'));
  const bySlug = named ? undefined : around.bySlug.get(slug);
  if (bySlug !== undefined) return toPage(bySlug, anchor, around);
  if (around.folders.has(path) || (!named && around.slugsOfFiles.has(slug))) return { to: 'file' };
  const known = named ? around.pages.keys() : around.bySlug.keys();
  return { to: 'nothing', nearest: around.suggest(path, known) };
}

function outside(path: string, anchor: string | null, around: Surroundings): LinkTarget {
  const found = around.outside.get(path);
  if (found === undefined) return { to: 'unchecked', why: 'outside the repository' };
  if (found === 'there') return { to: 'file' };
  if (found === 'absent') {
    return /\.[a-z0-9]{1,8}$/i.test(path)
      ? { to: 'nothing', nearest: null }
      : { to: 'unchecked', why: 'other part of the site' };
  }
  return { to: 'page', path, anchor: anchorIn(found, anchor, around.suggest) };
}

function toPage(page: LonePage, anchor: string | null, { suggest }: Surroundings): LinkTarget {
  return { to: 'page', path: page.path, anchor: anchorIn(page.text, anchor, suggest) };
}

/** Whether a page has an anchor. A name that some renderer may give is found; only what none gives is missing. */
function anchorIn(text: PageText, written: string | null, suggest: Suggest): AnchorState {
  if (written === null || written === '') return { state: 'none' };
  const name = decoded(written).replace(/^user-content-/, '');
  const known = anchorsOf(text);
  if (known.exact.has(name) || known.loose.has(loosely(name))) return { state: 'found' };
  if (text.opaque || ownAnchor.test(name)) return { state: 'unsure' };
  return { state: 'missing', name, nearest: suggest(name, known.exact) };
}

interface Anchors {
  exact: Set<string>;
  loose: Set<string>;
}

const anchors = new WeakMap<PageText, Anchors>();

function anchorsOf(text: PageText): Anchors {
  const known = anchors.get(text);
  if (known !== undefined) return known;
  const exact = new Set([...text.headings.flatMap(({ ids }) => ids), ...text.anchors]);
  // By hand, an anchor counts as it is written; ids that were worked out may differ in case and hyphens.
  const loose = new Set(text.headings.flatMap(({ ids }) => ids.map(loosely)));
  const made = { exact, loose };
  anchors.set(text, made);
  return made;
}

const loosely = (id: string): string =>
  id.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[-_]+/g, '-').replace(/^-|-$/g, '');

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
