import { z } from 'zod';
import { groupBy } from '../model/groups.ts';
import { itemKey, type PlanPage } from '../model/plan-folder.ts';
import { enumerateFirst } from '../text/words.ts';
import { defineFolderRule } from './folder-rule.ts';
import { examplePlan } from './shared/plan-pages.ts';
import { quote } from './shared/words.ts';

/** How many other pages one message names. */
const named = 3;

export const noSharedPlanEpic = defineFolderRule({
  id: 'no-shared-plan-epic',
  kind: 'plan',
  description: 'No two plans of a folder are tied to the same epic.',
  why: 'One plan, one epic: then the issues of the epic are those of the plan. Two plans with one epic are nearly always a copied page whose link was not changed.',
  messages: {
    shared: {
      text: 'The plan is tied to {item}, and so {verb} {pages}.',
      hint: 'Give each plan an epic of its own, or make one plan of them.',
    },
  },
  options: z.strictObject({}),
  defaultSeverity: 'warning',
  examples: [
    {
      shows: 'an epic each',
      pages: { 'a.md': examplePlan('Known Devices', 31), 'b.md': examplePlan('Key Care', 32) },
      reports: [],
    },
    {
      shows: 'one epic, however it is written, for two',
      pages: {
        'a.md': examplePlan('Known Devices', 31),
        'b.md': ['# Key Care', '', 'Keys are renewed each quarter. Epic: acme-sec&31'],
      },
      reports: ['a.md: shared', 'b.md: shared'],
    },
  ],
  *check({ pages }) {
    for (const sharers of sharing(pages)) {
      for (const page of sharers) {
        const others = sharers.filter((other) => other !== page);
        const data = {
          item: quote(page.item?.written ?? ''),
          verb: others.length === 1 ? 'is' : 'are',
          pages: enumerateFirst(
            others.map(({ file }) => quote(file)),
            named,
          ),
        };
        yield { message: 'shared', data, page, place: page.item?.place ?? null };
      }
    }
  },
});

/** Pages tied to one epic. An epic named without its GitLab is that of the same path anywhere. */
function sharing(pages: readonly PlanPage[]): PlanPage[][] {
  const groups = groupBy(pages, ({ role, item }) =>
    role === 'plan' && item !== null ? itemKey({ ...item, origin: null }) : null,
  );
  return [...groups.values()].filter(
    (group) => group.length > 1 && new Set(group.flatMap(({ item }) => item?.origin ?? [])).size <= 1,
  );
}
