import { z } from 'zod';
import { addDays } from '../model/days.ts';
import { itemKey, type PlanPage } from '../model/plan-folder.ts';
import { counted } from '../text/words.ts';
import { defineFolderRule } from './folder-rule.ts';
import { examplePlan } from './shared/plan-pages.ts';
import { quote } from './shared/words.ts';

export const requireOpenPlanEpic = defineFolderRule({
  id: 'require-open-plan-epic',
  kind: 'plan',
  description:
    'The epic of a plan is open for as long as the plan goes on, and has issues some weeks after the merge.',
  why: 'A closed epic next to a plan that no one called finished, or a merged plan from which no work came: in both cases page and tracker tell two stories, and no one compares them by hand. An epic that cannot be read is reported as such, since GitLab answers the same for one that is missing.',
  messages: {
    closed: {
      text: '{item} is closed, and the plan does not say that it is finished.',
      hint: 'Reopen it, or put `status: implemented` or `status: superseded` into the front matter.',
    },
    promoted: {
      text: '{item} was promoted to the epic {epic}.',
      hint: 'Name the epic in the plan instead.',
    },
    'no-issues': {
      text: '{item} has no issues, {weeks} after the plan was merged.',
      hint: 'Create issues for the work, or put `status: superseded` into the front matter.',
    },
    unknown: {
      text: '{item} could not be checked ({reason}).',
      hint: 'Give the token’s user access to its group; a project token sees no epics of private groups.',
    },
  },
  options: z.strictObject({
    weeks: z
      .int()
      .min(0)
      .max(520)
      .default(4)
      .describe(
        'How many weeks after the merge there must be issues. The day is `merged_on` of the front matter, else `date`; a page without either is not asked.',
      ),
  }),
  defaultSeverity: 'warning',
  online: true,
  examples: [
    {
      shows: 'an open epic with issues',
      pages: { 'a.md': examplePlan('Known Devices', 31, ['date: 2026-01-12']) },
      online: { 'acme-sec&31': { state: 'opened', issues: [{ title: 'List the devices' }] } },
      reports: [],
    },
    {
      shows: 'a closed epic',
      pages: { 'a.md': examplePlan('Known Devices', 31) },
      online: { 'acme-sec&31': { state: 'closed' } },
      reports: ['a.md: closed'],
    },
    {
      shows: 'a closed epic of a plan that is finished',
      pages: { 'a.md': examplePlan('Known Devices', 31, ['status: implemented']) },
      online: { 'acme-sec&31': { state: 'closed' } },
      reports: [],
    },
    {
      shows: 'an issue that has become an epic',
      pages: {
        'a.md': ['# Known Devices', '', 'Only known ones. https://gitlab.com/acme-sec/work/-/issues/7'],
      },
      online: { 'acme-sec/work#7': { state: 'closed', promotedTo: 'acme-sec&31' } },
      reports: ['a.md: promoted'],
    },
    {
      shows: 'no issues, ten weeks after the merge',
      pages: { 'a.md': examplePlan('Known Devices', 31, ['merged_on: 2026-09-14']) },
      online: { 'acme-sec&31': { state: 'opened' } },
      reports: ['a.md: no-issues'],
    },
    {
      shows: 'an epic that the token may not read, or that is not there',
      pages: { 'a.md': examplePlan('Known Devices', 31) },
      online: { 'acme-sec&31': 'unknown' },
      reports: ['a.md: unknown'],
    },
  ],
  *check({ pages, online, today }, { weeks }) {
    for (const page of pages) {
      const { item } = page;
      if (page.role !== 'plan' || item === null || isFinished(page)) continue;
      const known = online?.get(itemKey(item));
      if (known === undefined) continue;
      const at = { page, place: item.place };
      const name = `The ${item.type} ${quote(item.written)}`;
      if ('unknown' in known) {
        const data = { item: name, reason: known.unknown.replace(/\.$/, '') };
        yield { message: 'unknown', data, unknown: true, ...at };
      } else if (known.promotedTo !== undefined)
        yield { message: 'promoted', data: { item: name, epic: quote(known.promotedTo) }, ...at };
      else if (known.state === 'closed') yield { message: 'closed', data: { item: name }, ...at };
      else if (known.issues?.length === 0 && isLate(page, weeks, today)) {
        yield { message: 'no-issues', data: { item: name, weeks: counted(weeks, 'week') }, ...at };
      }
    }
  },
});

/** Whether the page says itself that the work is done or will not be. */
function isFinished({ state }: PlanPage): boolean {
  return state?.value === 'superseded' || state?.value === 'issues-created';
}

function isLate({ mergedOn, state }: PlanPage, weeks: number, today: string): boolean {
  if (mergedOn === null || state?.value === 'draft' || state?.value === 'in-review') return false;
  return addDays(mergedOn, weeks * 7) <= today;
}
