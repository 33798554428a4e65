import type { DocumentOf, Place } from './document.ts';

/** A link of a page, wherever it leads; images and links in code are not links. */
export interface PageLink {
  url: string;
  text: string;
  place: Place;
}

export interface PageHeading {
  text: string;
  level: number;
  /** Ids that a renderer may give it: GitLab's, Hugo's, Kramdown's. */
  ids: string[];
  place: Place;
}

export interface TableRow {
  /** Words of each cell. */
  cells: string[];
  /** Each cell as it is written. */
  raw: string[];
  link: PageLink | null;
  /** The link is in the notation of a site or wiki (`[[x]]`, `{{< ref "x" >}}`, `<a href>`), and no Markdown. */
  foreign: boolean;
  place: Place;
}

export interface PageTable {
  head: string[];
  rows: TableRow[];
  place: Place;
}

/** What a page of Markdown holds besides its meaning. */
export interface PageText {
  headings: PageHeading[];
  /** Names given by hand: `[](){: name="x"}`, `{: #x}`, `{#x}`, `<a name="x">`, any `id`. */
  anchors: string[];
  links: PageLink[];
  /** Offsets of references to issues and epics: `#12`, `group/project#12`, `&12`. */
  references: number[];
  /** Tables that are not inside something else. */
  tables: PageTable[];
  /** What is between the comment marks of a generated table: offsets behind the first and before the second. */
  marked: { start: number; end: number } | null;
  /** Comment marks of which the other one is missing, or that are in the wrong order. */
  brokenMarks: boolean;
  /** What is between the comment marks of the generated list of KRs: offsets behind the first and before the second. */
  krsBlock: { start: number; end: number } | 'broken' | null;
  /** The renderer may put in headings that are not in the text: shortcodes, includes, HTML headings. */
  opaque: boolean;
}

/** The epic (or, where there are none, the issue) a plan is tied to. */
export interface PlanItem {
  type: 'epic' | 'issue';
  /** Full path of the group or project; null: that of the page's own. */
  parent: string | null;
  iid: number;
  /** Address of the GitLab, when it is named. */
  origin: string | null;
  written: string;
  place: Place;
}

/** The five steps of a plan. */
export type PlanState = 'draft' | 'in-review' | 'merged' | 'issues-created' | 'superseded';

export interface WrittenState {
  raw: string;
  /** Null: not one of the words for a step. */
  value: PlanState | null;
  place: Place;
}

/** What a link leads to, as far as it can be told without a network. */
export type LinkTarget =
  | { to: 'page'; path: string; anchor: AnchorState }
  | { to: 'file' }
  /** Nothing is there, for certain. */
  | { to: 'nothing'; nearest: string | null }
  | { to: 'unchecked'; why: Unchecked };

export type AnchorState =
  | { state: 'none' | 'found' | 'unsure' }
  | { state: 'missing'; name: string; nearest: string | null };

/** Why a link was not checked. */
export type Unchecked =
  | 'other host'
  | 'other part of the site'
  | 'outside the repository'
  | 'generated headings'
  | 'not a path';

export interface PlanPage {
  /** As it is named to people. */
  file: string;
  /** From the folder on, with `/`: `identity/known-devices/index.md`. */
  path: string;
  /** Address below that of the folder: `identity/known-devices`; '' for the folder itself. */
  slug: string;
  /** Other slugs by which a site may know it: without a number before its name, as its front matter says. */
  otherSlugs: string[];
  /** `section`: the page of a subfolder, and others that are not plans (`README.md`, `_template.md`). */
  role: 'plan' | 'index' | 'section';
  title: string;
  /** Where the title is, else the beginning of the text. */
  titlePlace: Place | null;
  /** The first epic or issue it names. */
  item: PlanItem | null;
  /** Every epic or issue it names, each once. */
  items: PlanItem[];
  /** What its front matter says of the workflow; null: nothing. */
  state: WrittenState | null;
  /** Front matter `draft: true`: the site does not show it. */
  unpublished: boolean;
  /** Day of its merge as the front matter has it, `YYYY-MM-DD`. */
  mergedOn: string | null;
  /** Addresses it also answers to (front matter `aliases`, `url`, `permalink`, `redirect_from`). */
  aliases: string[];
  text: PageText;
  document: DocumentOf<'plan'>;
  /** Each link of `text.links` with its target. */
  links: { link: PageLink; target: LinkTarget }[];
}

export interface IndexRow extends TableRow {
  /** Null: it links nowhere, or to something that is not for us to say. */
  target:
    | { to: 'page'; path: string }
    /** `renamed`: the page it was probably for; `certain` when title or name tell, not mere likeness. */
    | { to: 'nothing'; slug: string; renamed: { path: string; certain: boolean } | null }
    | { to: 'unknown' };
}

/** What is known of an epic or issue: it could not be looked up, or this. */
export interface KnownItem {
  state: 'opened' | 'closed';
  title: string;
  url: string;
  /** Its issues; null: they could not be read. */
  issues: { ref: string; title: string; url: string; state: 'opened' | 'closed' }[] | null;
  /** Of an issue that was made an epic: the reference of the epic. */
  promotedTo?: string;
}

export interface PlanFolder {
  /** As it is named to people. */
  name: string;
  pages: PlanPage[];
  index: PlanPage | null;
  /** Rows of the table of plans, top to bottom; null: the index has no such table. */
  rows: IndexRow[] | null;
  /** Site address of the folder, `/handbook/security/planning`; null: not known. */
  base: string | null;
  /** By `itemKey`; `unknown`: missing and unreadable look the same. Null: GitLab was not asked. */
  online: ReadonlyMap<string, KnownItem | { unknown: string }> | null;
  /** What each page said of its step before the merge request, by path; null: not compared. */
  before: ReadonlyMap<string, PlanState | null> | null;
  /** `YYYY-MM-DD` */
  today: string;
}

/** One name for one epic or issue, however it is written. */
export function itemKey({ type, parent, iid, origin }: PlanItem): string {
  return `${origin ?? ''} ${parent?.toLowerCase() ?? ''}${type === 'epic' ? '&' : '#'}${iid}`;
}

/**
 * What a system note says an issue was promoted to (`promoted to epic group&12`); null: it says something else.
 * @param body as GitLab wrote it
 */
export function promotedTo(body: string): string | null {
  const found = /^promoted to epic (?:\[)?((?:[\w.-]{1,255}\/){0,20}(?:[\w.-]{1,255})?&\d{1,10})(?![\w&])/i;
  return found.exec(body.slice(0, 10_000).trim())?.[1] ?? null;
}

/** Whether an offset is in the list of KRs, which is not written by the plan's people. */
export function isGenerated(offset: number, { krsBlock }: Pick<PageText, 'krsBlock'>): boolean {
  return krsBlock !== null && krsBlock !== 'broken' && offset >= krsBlock.start && offset < krsBlock.end;
}
