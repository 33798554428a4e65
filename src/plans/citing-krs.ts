import type { PlanFolder, PlanPage } from '../model/plan-folder.ts';
import { prose } from '../text/markdown-escape.ts';
import { aliasKey } from './links.ts';
import { addressParts, asAddress, segmentsOf } from './site.ts';

export const krsStartMark = '<!-- krs:start -->';
export const krsEndMark = '<!-- krs:end -->';

/** A KR as the page of a plan names it. */
export interface CitingKr {
  ref: string;
  title: string;
  url: string;
  closed: boolean;
}

/** Finds the page that an address leads to, wherever it is written; null: none of the folder. */
export type PageFinder = (url: string) => PlanPage | null;

/**
 * Addresses of plans: on the site (any host, unless the policy names one), and of the file in its repository
 * (`/-/blob/main/…`, `/-/tree/…`, `/-/edit/…`).
 * @param folderPath parts of the folder's absolute path
 */
export function pageFinder(
  { pages, base }: Pick<PlanFolder, 'pages' | 'base'>,
  { folderPath, siteRoot }: { folderPath: readonly string[]; siteRoot: string | null },
): PageFinder {
  const plans = pages.filter(({ role }) => role === 'plan');
  const bySlug = new Map(
    plans.map((page) => [`${base ?? ''}/${asAddress(page.slug.split('/'))}`.toLowerCase(), page]),
  );
  const byAlias = new Map(
    plans.flatMap((page) => page.aliases.map((alias) => [aliasKey(alias), page] as const)),
  );
  const byFile = new Map(plans.map((page) => [[...folderPath, ...page.path.split('/')].join('/'), page]));
  const host = /^https?:\/\/([^/]+)/i.exec(siteRoot ?? '')?.[1]?.toLowerCase() ?? null;
  return (written) => {
    const url = written.replace(/[#?].*$/s, '');
    const [, origin, path = ''] = /^(?:https?:\/\/([^/\s]+))?(\/.*)$/i.exec(url) ?? [];
    const inRepository = /\/-\/(?:blob|tree|edit|blame|raw)\/(.+)$/.exec(path)?.[1];
    if (inRepository !== undefined) return ofFile(inRepository, byFile, folderPath);
    if (origin !== undefined && host !== null && origin.toLowerCase() !== host) return null;
    const parts = addressParts(path);
    if (parts === null || base === null) return byAlias.get(aliasKey(path)) ?? null;
    return (
      bySlug.get(`/${asAddress(parts)}`.replace(/(?:\.html)?\.(?:md|markdown)$/, '')) ??
      byAlias.get(aliasKey(path)) ??
      null
    );
  };
}

/** A file by its path behind the branch, whose name may have slashes: so much of it as ends the path of a page. */
function ofFile(
  path: string,
  byFile: ReadonlyMap<string, PlanPage>,
  folderPath: readonly string[],
): PlanPage | null {
  const parts = segmentsOf(path) ?? [];
  // The repository begins at some folder above, so its path is as long as any tail of ours.
  for (let above = 0; above < folderPath.length; above += 1) {
    const head = folderPath.slice(0, above).join('/');
    for (let start = 1; start < Math.min(parts.length, 20); start += 1) {
      const tail = parts.slice(start).join('/');
      const page = byFile.get(head === '' ? tail : `${head}/${tail}`);
      if (page !== undefined) return page;
    }
  }
  return null;
}

/**
 * The text of a page with its list of KRs made anew between the marks; the text as it is when nothing changes.
 * @param source the text of the page, which must be the one `page` was read from
 * @param krs those that cite it
 */
export function withCitingKrs(
  source: string,
  { text }: Pick<PlanPage, 'text'>,
  krs: readonly CitingKr[],
): string {
  const { krsBlock } = text;
  if (krsBlock === null || krsBlock === 'broken') return source;
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const lines = krs.length === 0 ? ['No Key Result cites this plan.'] : krs.toSorted(inOrder).map(lineOf);
  const block = ['', '', ...lines, '', ''].join(eol);
  return `${source.slice(0, krsBlock.start)}${block}${source.slice(krsBlock.end)}`;
}

function lineOf({ title, ref, url, closed }: CitingKr): string {
  const label = prose(title, 200) || prose(ref, 200);
  // Whatever would end the address is written as its code; underscores may stay.
  const target = url.replace(
    /[\s()<>\\`[\]"*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `- [${label}](${target})${closed ? ' (closed)' : ''}`;
}

/** Open ones first; not by the rules of a language: the order must be the same on every machine. */
function inOrder(a: CitingKr, b: CitingKr): number {
  if (a.closed !== b.closed) return a.closed ? 1 : -1;
  const [pathA = '', iidA = ''] = a.ref.split('#');
  const [pathB = '', iidB = ''] = b.ref.split('#');
  if (pathA !== pathB) return pathA < pathB ? -1 : 1;
  return Number(iidA) - Number(iidB);
}
