import { z } from 'zod';
import {
  isGenerated,
  itemKey,
  type KnownItem,
  type PageHeading,
  type PlanPage,
} from '../model/plan-folder.ts';
import { defineFolderRule } from './folder-rule.ts';
import { examplePlan } from './shared/plan-pages.ts';
import { quote } from './shared/words.ts';

/** What begins a heading that names a piece of work by itself: `Step 1: …`, `Phase two`. */
const numbered =
  /^(?:step|phase|iteration|milestone|task|stage)\s+(?:\d{1,3}|[ivx]{1,5}|one|two|three|four|five|six)\b/i;

export const requirePlanIssues = defineFolderRule({
  id: 'require-plan-issues',
  kind: 'plan',
  description: 'Each heading of a plan that names work has an issue, in the epic or linked from its section.',
  why: 'A plan is done when its text is enough to create issues from. Once it is merged, each part that names work is either in the tracker or forgotten; this rule lists the parts that are not there.',
  messages: {
    uncovered: {
      text: 'The section {section} names work, and no issue of {item} is about it.',
      hint: 'Create an issue in the epic with that title, or link to the one there is.',
    },
    unknown: {
      text: 'The issues of {item} could not be checked: the token may not read them.',
      hint: 'Give the token’s user access to their projects.',
    },
  },
  options: z.strictObject({
    sections: z
      .array(z.string().min(1).max(100))
      .max(50)
      .default([
        'work',
        'steps',
        'tasks',
        'implementation',
        'implementation plan',
        'iterations',
        'phases',
        'deliverables',
      ])
      .describe(
        'Headings whose subheadings name work; case does not matter. `Step 1`, `Phase two` and the like count anywhere.',
      ),
  }),
  defaultSeverity: 'warning',
  online: true,
  examples: [
    {
      shows: 'an issue with the words of the heading, and a link',
      pages: {
        'a.md': [
          ...examplePlan('Known Devices', 31),
          '',
          '## Steps',
          '',
          '### List all devices',
          '',
          'From the inventory.',
          '',
          '### Refuse the others',
          '',
          'See acme-sec/work#12.',
        ],
      },
      online: { 'acme-sec&31': { state: 'opened', issues: [{ title: 'List all known devices' }] } },
      reports: [],
    },
    {
      shows: 'a step without an issue',
      pages: {
        'a.md': [
          ...examplePlan('Known Devices', 31),
          '',
          '## Step 1: List all devices',
          '',
          '## Step 2: Refuse others',
        ],
      },
      online: {
        'acme-sec&31': { state: 'opened', issues: [{ title: 'List all devices', state: 'closed' }] },
      },
      reports: ['a.md: uncovered'],
    },
    {
      shows: 'a draft',
      pages: {
        'a.md': [...examplePlan('Known Devices', 31, ['status: draft']), '', '## Step 1: List all devices'],
      },
      online: { 'acme-sec&31': { state: 'opened' } },
      reports: [],
    },
    {
      shows: 'issues that may not be read',
      pages: { 'a.md': [...examplePlan('Known Devices', 31), '', '## Step 1: List all devices'] },
      online: { 'acme-sec&31': { state: 'opened', issues: 'unknown' } },
      reports: ['a.md: unknown'],
    },
  ],
  *check({ pages, online }, { sections }) {
    const names = new Set(sections.map((name) => name.toLowerCase()));
    for (const page of pages) {
      const { item, state } = page;
      if (page.role !== 'plan' || item === null) continue;
      if (state?.value === 'draft' || state?.value === 'in-review' || state?.value === 'superseded') continue;
      const known = online?.get(itemKey(item));
      // What cannot be looked up at all is told once, by `require-open-plan-epic` and in the notes.
      if (known === undefined || 'unknown' in known || known.promotedTo !== undefined) continue;
      const open = uncovered(page, known, names);
      const name = `the ${item.type} ${quote(item.written)}`;
      if (known.issues === null) {
        if (open.length > 0)
          yield { message: 'unknown', data: { item: name }, page, place: item.place, unknown: true };
        continue;
      }
      for (const heading of open) {
        const { text, place } = heading;
        const data = { section: quote(text), item: name };
        yield { message: 'uncovered', data, page, place, subject: { part: 'section', name: text } };
      }
    }
  },
});

/** Headings that name work and have neither a reference in their section nor an issue of like title. */
function uncovered(page: PlanPage, { issues }: KnownItem, names: ReadonlySet<string>): PageHeading[] {
  const titles = (issues ?? []).map(({ title }) => wordsOf(title));
  return workIn(page.text.headings, names)
    .filter(({ from, to }) => !hasReference(page, from, to))
    .map(({ heading }) => heading)
    .filter((heading) => {
      const words = wordsOf(heading.text.replace(/^[^:.]{0,40}[:.]\s+/, ''));
      return !titles.some((title) => isAlike(words, title));
    });
}

interface Work {
  heading: PageHeading;
  /** Offsets of its section. */
  from: number;
  to: number;
}

function workIn(headings: readonly PageHeading[], names: ReadonlySet<string>): Work[] {
  const result: Work[] = [];
  /** Level of the section of work that is open; its subheadings name work, one level deep. */
  let open: { level: number; below: number | null } | null = null;
  for (const [index, heading] of headings.entries()) {
    if (open !== null && heading.level <= open.level) open = null;
    const isSection = names.has(heading.text.toLowerCase());
    const isItem = open !== null && (open.below === null || heading.level <= open.below);
    if (open !== null && isItem) open.below = heading.level;
    if (isSection) open = { level: heading.level, below: null };
    else if (isItem || numbered.test(heading.text)) {
      result.push({ heading, from: heading.place.start.offset, to: endOf(headings, index) });
    }
  }
  return result;
}

/** Sections end with the next heading that is as high; looked for not far, so that the time stays linear. */
function endOf(headings: readonly PageHeading[], index: number): number {
  const { level } = headings[index] as PageHeading;
  const next = headings.slice(index + 1, index + 200).find((other) => other.level <= level);
  return next?.place.start.offset ?? Number.MAX_SAFE_INTEGER;
}

function hasReference({ text }: PlanPage, from: number, to: number): boolean {
  const isWithin = (offset: number) => offset >= from && offset < to && !isGenerated(offset, text);
  return (
    text.references.some(isWithin) ||
    text.links.some(
      ({ url, place }) => isWithin(place.start.offset) && /\/-\/(?:issues|work_items|epics)\/\d+/.test(url),
    )
  );
}

const small = new Set(['the', 'and', 'for', 'with', 'from', 'into', 'all', 'our', 'are', 'that', 'this']);

function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return new Set(words.slice(0, 50).filter((word) => !small.has(word)));
}

/** Most words of the shorter one are in the longer one. */
function isAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [shorter, longer] = a.size <= b.size ? [a, b] : [b, a];
  if (shorter.size === 0) return false;
  const shared = [...shorter].filter((word) => longer.has(word)).length;
  return shared / shorter.size >= 0.6 && (shared > 1 || shorter.size === 1);
}
