import { checkFolder, type FolderVerdict } from '../../assess/check-folder.ts';
import type { PageText, PlanFolder, Unchecked } from '../../model/plan-folder.ts';
import type { Policy } from '../../model/rule.ts';
import { planFolder } from '../../plans/folder.ts';
import { readingsOf } from '../../plans/links.ts';
import { type LonePage, type PageInput, pageTextOf, readPage } from '../../plans/page.ts';
import { counted } from '../../text/words.ts';

export interface FolderReading {
  /** As it is named to people. */
  name: string;
  pages: readonly PageInput[];
  /** Files that are not pages, by path from the folder. */
  files: readonly string[];
  /** Parts of the folder's absolute path. */
  folderPath: readonly string[];
  /** @param path from the folder, `../runbooks/x.md`; null: not for us to say */
  lookOutside: (path: string) => Promise<'absent' | 'there' | { source: string } | null>;
  /** What the pages said of their step before the merge request; left out: not compared. */
  before?: PlanFolder['before'];
}

export interface FolderResult extends FolderVerdict {
  folder: PlanFolder;
  /** What a reader has to know: what was not checked, and why. */
  notes: string[];
}

/** Looks epics and issues up; absent: GitLab is not asked. */
export type LookUp = (pages: readonly LonePage[]) => Promise<NonNullable<PlanFolder['online']>>;

/** Checks the pages of a folder together. What each page says by itself is `assess`'s matter. */
export async function lintFolder(
  reading: FolderReading,
  { settings, folderRules }: Policy,
  now: string,
  lookUp: LookUp | null = null,
): Promise<FolderResult> {
  const folder = await readFolder(reading, settings.plans, now, lookUp);
  const verdict = checkFolder(
    folderRules.filter(({ kind }) => kind === 'plan'),
    folder,
  );
  return { ...verdict, folder, notes: notesOf(folder, verdict) };
}

/** The pages of a folder as one graph. */
export async function readFolder(
  { name, pages: inputs, files, folderPath, lookOutside, before = null }: FolderReading,
  settings: Policy['settings']['plans'],
  now: string,
  lookUp: LookUp | null = null,
): Promise<PlanFolder> {
  const pages = inputs.map((input) => readPage(input, { issuesToo: settings.issues }));
  const outside = new Map<string, PageText | 'there' | 'absent'>();
  for (const path of pathsOutside(pages)) {
    const found = await lookOutside(path);
    if (found !== null) outside.set(path, typeof found === 'string' ? found : pageTextOf(found.source));
  }
  const online = lookUp === null ? null : await lookUp(pages);
  const today = new Date(now).toISOString().slice(0, 10);
  return planFolder({ name, pages, files, outside, folderPath, settings, online, before, today });
}

/** Links to as many files outside of a folder are looked at. */
const mostOutside = 5_000;

function pathsOutside(pages: readonly LonePage[]): Set<string> {
  const paths = new Set<string>();
  for (const page of pages) {
    for (const { url } of page.text.links) {
      const path = url.replace(/[#?].*$/s, '').trim();
      if (path === '' || /^[a-z][a-z0-9+.-]*:|^\//i.test(path)) continue;
      for (const reading of readingsOf(path, page)) {
        if (/^\.\.(?:\/|$)/.test(reading) && paths.size < mostOutside) paths.add(reading);
      }
    }
  }
  return paths;
}

const whys: Record<Unchecked, string> = {
  'other host': 'to other hosts',
  'other part of the site': 'to other parts of the site',
  'outside the repository': 'to files outside of the repository',
  'generated headings': 'to headings that the site may generate',
  'not a path': 'that are no paths',
};

function notesOf(folder: PlanFolder, { skipped }: FolderVerdict): string[] {
  const counts = new Map<Unchecked, number>();
  const add = (why: Unchecked) => counts.set(why, (counts.get(why) ?? 0) + 1);
  for (const { links } of folder.pages) {
    for (const { target } of links) {
      if (target.to === 'unchecked') add(target.why);
      else if (target.to === 'page' && target.anchor.state === 'unsure') add('generated headings');
    }
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = [...counts].map(([why, count]) => `${count} ${whys[why]}`);
  const rows = (folder.rows ?? []).filter(({ target }) => target.to === 'unknown').length;
  const { name, index, online } = folder;
  const unknown = [...(online?.values() ?? [])].filter((item) => 'unknown' in item).length;
  const notes: string[] = [];
  if (index === null)
    notes.push(
      `${name}: no index was found, so rows were not checked; \`plans.index\` in policy.yml names it.`,
    );
  else if (folder.rows === null)
    notes.push(`${index.file}: it has no table of plans; links anywhere in it count as rows.`);
  if (total > 0)
    notes.push(`${name}: ${counted(total, 'link was', 'links were')} not checked: ${parts.join(', ')}.`);
  if (rows > 0)
    notes.push(`${name}: ${counted(rows, 'row leads', 'rows lead')} out of the folder; not checked.`);
  if (unknown > 0)
    notes.push(
      `${name}: ${unknown} of ${online?.size} epics or issues could not be checked: they are not there, or may not be read.`,
    );
  return [...notes, ...skipped.map(({ rule, reason }) => `${rule} was skipped: ${reason}.`)];
}
