/** Addresses on the site, and what they mean for the files of a folder. */

/** `a/b` as its parts, without empty ones, each decoded; null when it cannot be decoded. */
export function segmentsOf(path: string): string[] | null {
  try {
    return path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .map((part) => decodeURIComponent(part));
  } catch {
    return null;
  }
}

/** As Hugo writes addresses: lower case, hyphens for blanks. */
export const asAddress = (segments: readonly string[]): string =>
  segments.join('/').toLowerCase().replace(/\s+/g, '-');

/** The address of a page below that of its folder: `x.md`, `x/index.md` and `x/_index.md` are `x`. */
export function slugOf(path: string): string {
  return path
    .replace(/(?:\.html)?\.(?:md|markdown)$/i, '')
    .replace(/(?:^|\/)(?:_?index|readme)$/i, '')
    .replace(/^\/+/, '');
}

/** The parts of an address, without what only names the page in a folder. */
export function addressParts(path: string): string[] | null {
  return segmentsOf(path.replace(/\/index\.html$/i, '/').replace(/\.html$/i, ''));
}

export interface BaseFacts {
  /** `plans.site-root` of the policy. */
  siteRoot: string | null;
  /** Parts of the folder's own path, from the root of the disk on. */
  folderPath: readonly string[];
  /** Site addresses that the rows of the index link to, as parts. */
  rows: readonly (readonly string[])[];
  /** Whether a page has this slug. */
  hasPage: (slug: string) => boolean;
}

export interface Base {
  parts: string[];
  /** False: only the rows of the index are held against it. */
  sure: boolean;
}

/**
 * The site address of the folder: as the policy says, else what most rows that lead to a page have before its slug,
 * else where the rows agree with the folder's own path, else what most rows have in common.
 */
export function baseOf(facts: BaseFacts): Base | null {
  const told = facts.siteRoot === null ? null : toldBase(facts.siteRoot, facts.folderPath);
  if (told !== null) return { parts: told, sure: true };
  const voted = mostCommon(facts.rows.flatMap((parts) => beforeSlug(parts, facts.hasPage) ?? []));
  if (voted !== null) return { parts: voted, sure: true };
  const tail = commonTail(facts.rows, facts.folderPath);
  if (tail !== null) return { parts: tail, sure: true };
  const parents = mostCommon(
    facts.rows.filter(({ length }) => length > 1).flatMap((parts) => [parts.slice(0, -1)]),
  );
  return parents === null ? null : { parts: parents, sure: false };
}

/**
 * `/handbook/security/planning` is the folder's own address; `/handbook` that of a folder above it, when its path says
 * so; `content` (without a slash before it) is the folder of the repository in which the site begins.
 */
function toldBase(siteRoot: string, folderPath: readonly string[]): string[] {
  const address = siteRoot.replace(/^https?:\/\/[^/]+/i, '');
  const isAddress = address !== siteRoot || siteRoot.startsWith('/');
  const root = segmentsOf(address) ?? [];
  const at = lastIndexOf(folderPath, root);
  const below = at === -1 ? [] : folderPath.slice(at + root.length);
  return isAddress ? (root.length === 0 ? [] : [...root, ...below]) : [...below];
}

function lastIndexOf(path: readonly string[], part: readonly string[]): number {
  if (part.length === 0) return -1;
  for (let at = path.length - part.length; at >= 0; at -= 1) {
    if (part.every((segment, index) => path[at + index]?.toLowerCase() === segment.toLowerCase())) return at;
  }
  return -1;
}

/** What an address has before the longest end that is the slug of a page. */
function beforeSlug(parts: readonly string[], hasPage: (slug: string) => boolean): string[][] | null {
  for (let from = Math.max(0, parts.length - 20); from < parts.length; from += 1) {
    if (hasPage(asAddress(parts.slice(from)))) return [parts.slice(0, from)];
  }
  return null;
}

function commonTail(rows: readonly (readonly string[])[], folderPath: readonly string[]): string[] | null {
  for (let from = Math.max(0, folderPath.length - 20); from < folderPath.length; from += 1) {
    const tail = folderPath.slice(from);
    const agrees = (parts: readonly string[]) =>
      parts.length > tail.length &&
      tail.every((segment, index) => parts[index]?.toLowerCase() === segment.toLowerCase());
    if (rows.some(agrees)) return tail;
  }
  return null;
}

function mostCommon(lists: readonly (readonly string[])[]): string[] | null {
  const counts = new Map<string, { parts: readonly string[]; count: number }>();
  for (const parts of lists) {
    const key = parts.join('/').toLowerCase();
    const one = counts.get(key) ?? { parts, count: 0 };
    one.count += 1;
    counts.set(key, one);
  }
  let best: { parts: readonly string[]; count: number } | null = null;
  for (const one of counts.values()) if (best === null || one.count > best.count) best = one;
  return best === null ? null : [...best.parts];
}
