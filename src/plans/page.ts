import { readPageText } from '../markdown/page-text.ts';
import type { DocumentOf } from '../model/document.ts';
import type { PageText, PlanPage } from '../model/plan-folder.ts';
import { readFrontMatter, withoutFrontMatter } from '../parse/front-matter.ts';
import { readPageFront } from './front.ts';
import { itemsOf } from './items.ts';
import { otherSlugs } from './names.ts';
import { slugOf } from './site.ts';

/** The names an index may have, the first that is there wins. */
export const indexNames = [
  '_index.md',
  'index.md',
  'index.html.md',
  'README.md',
  'index.markdown',
  'README.markdown',
] as const;

/** A page before it is known what is around it. */
export type LonePage = Omit<PlanPage, 'links'>;

export interface PageInput {
  file: string;
  path: string;
  source: string;
  document: DocumentOf<'plan'>;
}

const unreadText: PageText = {
  headings: [],
  anchors: [],
  links: [],
  references: [],
  tables: [],
  marked: null,
  brokenMarks: false,
  krsBlock: null,
  opaque: true,
};

/** A page that could not be read: what it links to, and what can be linked to in it, is not known. */
export function readPage(
  { file, path, source, document }: PageInput,
  options: { issuesToo: boolean },
): LonePage {
  const text = document.unread === null ? pageTextOf(source) : unreadText;
  const { named, ...front } = readPageFront(source);
  const items = itemsOf(document, text, options.issuesToo);
  return {
    file,
    path,
    slug: slugOf(path),
    otherSlugs: otherSlugs(path, named),
    role: roleOf(path),
    title: document.title.text.replace(/\s\{[:.#][^{}]{0,300}\}\s*$/, '').trim(),
    titlePlace: document.title.place ?? text.headings[0]?.place ?? null,
    item: items[0] ?? null,
    items,
    ...front,
    text,
    document,
  };
}

/** Headings, anchors, links and tables of a file as it is; positions count from its beginning. */
export function pageTextOf(source: string): PageText {
  const mark = source.startsWith('\uFEFF') ? 1 : 0;
  const whole = source.slice(mark);
  const body = withoutFrontMatter(whole, readFrontMatter(whole));
  return readPageText(mark === 1 ? `\uFEFF${body}` : body);
}

/** `slug.md` and `slug/index.md` are plans; `_index.md`, `README.md` and what begins with `_` or `.` are not. */
function roleOf(path: string): PlanPage['role'] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^[_.]|^readme\.|^index\.html\./i.test(name) ? 'section' : 'plan';
}

/** Whether a page lists plans: it has the comment marks, or a table called so whose rows link somewhere. */
export function listsPlans(text: PageText): boolean {
  return (
    text.marked !== null ||
    text.tables.some((table) => isPlanTable(table) && table.rows.some(({ link }) => link !== null))
  );
}

export const isPlanTable = ({ head }: PageText['tables'][number]): boolean =>
  /^(?:security )?plans?$/i.test(head[0] ?? '');
