import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Place } from '../model/document.ts';
import type { PlanState, WrittenState } from '../model/plan-folder.ts';
import { findFrontMatter } from '../text/front-matter.ts';

/** What the front matter of a page says besides title and epic. */
export interface PageFront {
  state: WrittenState | null;
  unpublished: boolean;
  /** `YYYY-MM-DD` */
  mergedOn: string | null;
  aliases: string[];
  /** What stands for its name in its address; null: nothing. */
  named: string | null;
}

const nothing: PageFront = { state: null, unpublished: false, mergedOn: null, aliases: [], named: null };

/** Words that teams write for the five steps; those of GitLab's design documents are among them. */
const words: Record<PlanState, readonly string[]> = {
  draft: ['draft', 'wip', 'proposed', 'proposal', 'idea', 'in progress'],
  'in-review': ['in review', 'review', 'under review', 'ready for review'],
  merged: ['merged', 'accepted', 'approved', 'ready'],
  'issues-created': ['issues created', 'ongoing', 'implementing', 'implementation', 'implemented', 'done'],
  superseded: ['superseded', 'replaced', 'obsolete', 'rejected', 'postponed', 'withdrawn', 'archived'],
};

const meanings = new Map(
  Object.entries(words).flatMap(([state, names]) => names.map((name) => [name, state as PlanState])),
);

/** The day of the merge, else the day the page was written. */
const mergeKeys = ['merged_on', 'merged-on', 'merged', 'approved-on', 'date', 'creation-date', 'created_at'];

/** @param source the whole file; YAML between `---` lines, of TOML only what concerns addresses and drafts */
export function readPageFront(source: string): PageFront {
  const span = findFrontMatter(source);
  if (span?.marker === '+++') return readToml(source.slice(span.start, span.end));
  if (span?.marker !== '---') return nothing;
  const counter = new LineCounter();
  const yaml = parseDocument(source.slice(span.start, span.end), {
    lineCounter: counter,
    prettyErrors: false,
    logLevel: 'silent',
    schema: 'core',
  });
  const { contents } = yaml;
  if (!isMap(contents)) return nothing;
  const scalar = (...keys: string[]) => {
    for (const key of keys) {
      const node = contents.get(key, true);
      if (isScalar(node) && node.value !== null && String(node.value).trim() !== '') return node;
    }
    return null;
  };
  const place = (range: readonly [number, number, number] | null | undefined): Place => {
    const point = (offset: number) => {
      const { line, col } = counter.linePos(offset);
      return { line: line + 1, column: col, offset: offset + span.start };
    };
    return { start: point(range?.[0] ?? 0), end: point(range?.[1] ?? 0) };
  };
  const state = scalar('plan-state', 'state', 'status');
  const raw = String(state?.value ?? '');
  const merged = String(scalar(...mergeKeys)?.value ?? '');
  const supersededBy = scalar('superseded-by', 'superseded_by', 'replaced-by');
  const written = state ?? supersededBy;
  return {
    state:
      written === null
        ? null
        : {
            raw: state === null ? 'superseded' : raw,
            value: state === null ? 'superseded' : stateOf(raw),
            place: place(written.range),
          },
    unpublished: String(scalar('draft')?.value) === 'true' || String(scalar('published')?.value) === 'false',
    mergedOn: /^(\d{4}-\d{2}-\d{2})/.exec(merged)?.[1] ?? null,
    ...addressesOf(
      [contents.get('aliases'), contents.get('redirect_from')].flatMap(itemsIn),
      ['url', 'permalink', 'slug', 'id'].map((key) => scalar(key)?.value),
    ),
  };
}

/** Keys of the first table, one a line: no more is needed than what decides where a page is. */
function readToml(settings: string): PageFront {
  const head = settings.split(/^\[/m, 1)[0] ?? '';
  const value = (key: string) => new RegExp(`^${key}[ \\t]*=[ \\t]*(.*)$`, 'm').exec(head)?.[1] ?? '';
  const strings = (key: string) =>
    [...value(key).matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single);
  return {
    ...nothing,
    unpublished: value('draft').trim() === 'true',
    mergedOn: /^["']?(\d{4}-\d{2}-\d{2})/.exec(value('date').trim())?.[1] ?? null,
    ...addressesOf(strings('aliases'), [strings('url')[0], strings('permalink')[0], strings('slug')[0]]),
  };
}

/** The step that a word stands for; null: none that is known. */
function stateOf(raw: string): PlanState | null {
  return (
    meanings.get(
      raw
        .trim()
        .toLowerCase()
        .replace(/[\s_-]+/g, ' '),
    ) ?? null
  );
}

function itemsIn(list: unknown): unknown[] {
  return typeof list === 'object' && list !== null && 'items' in list && Array.isArray(list.items)
    ? list.items.map((item: unknown) => (isScalar(item) ? item.value : null))
    : [list];
}

/** @param named what `url`, `permalink`, `slug` and `id` say: whole addresses begin with `/`, else it is a name */
function addressesOf(
  aliases: readonly unknown[],
  [url, permalink, slug, id]: readonly unknown[],
): Pick<PageFront, 'aliases' | 'named'> {
  const isText = (one: unknown): one is string => typeof one === 'string' && one !== '';
  // `/:categories/:title/` says nothing of one page.
  const whole = [url, permalink].filter(isText).filter((one) => !one.includes(':'));
  const name = [slug, id].find(isText) ?? null;
  const address = name?.startsWith('/') === true ? [name] : [];
  return { aliases: [...aliases.filter(isText), ...whole, ...address].slice(0, 100), named: name };
}
