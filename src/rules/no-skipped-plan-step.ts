import { z } from 'zod';
import type { PlanState } from '../model/plan-folder.ts';
import { enumerate } from '../text/words.ts';
import { defineFolderRule } from './folder-rule.ts';
import { examplePlan } from './shared/plan-pages.ts';

/** The steps in their order; a plan can be superseded from any of them, and go back. */
const steps: readonly PlanState[] = ['draft', 'in-review', 'merged', 'issues-created'];

const names: Record<PlanState, string> = {
  draft: 'draft',
  'in-review': 'in review',
  merged: 'merged',
  'issues-created': 'issues created',
  superseded: 'superseded',
};

export const noSkippedPlanStep = defineFolderRule({
  id: 'no-skipped-plan-step',
  kind: 'plan',
  description: 'A merge request takes a plan no further than to its next step.',
  why: 'A plan is a draft, is reviewed, is merged, and then becomes issues. A page that says “implemented” and was a draft yesterday has left out the steps in which others could have spoken. Pages that name no step are not asked.',
  messages: {
    skipped: {
      text: 'The plan goes from “{before}” to “{after}” and leaves out {steps}.',
      hint: 'Take one step at a time, or correct the status in the front matter.',
    },
    'new-page': {
      text: 'The plan is new and says “{after}”, which leaves out {steps}.',
      hint: 'A new plan is a draft, or in review; correct the status in the front matter.',
    },
  },
  options: z.strictObject({}),
  defaultSeverity: 'warning',
  examples: [
    {
      shows: 'one step',
      pages: { 'a.md': examplePlan('Known Devices', 31, ['status: merged']) },
      before: { 'a.md': 'in-review' },
      reports: [],
    },
    {
      shows: 'two steps at once',
      pages: { 'a.md': examplePlan('Known Devices', 31, ['status: implemented']) },
      before: { 'a.md': 'in-review' },
      reports: ['a.md: skipped'],
    },
    {
      shows: 'a new page that is finished already, and one that replaces nothing',
      pages: {
        'a.md': examplePlan('Known Devices', 31, ['status: implemented']),
        'b.md': examplePlan('Key Care', 32, ['status: draft']),
      },
      before: {},
      reports: ['a.md: new-page'],
    },
  ],
  *check({ pages, before }) {
    if (before === null) return;
    for (const page of pages) {
      const value = page.state?.value ?? null;
      const known = before.get(page.path);
      // What named no step before, or names none now, cannot have skipped one.
      if (page.role !== 'plan' || value === null || known === null) continue;
      const to = steps.indexOf(value);
      const from = known === undefined ? 0 : steps.indexOf(known);
      if (to === -1 || from === -1 || to <= from + 1) continue;
      const left = enumerate(steps.slice(from + 1, to).map((step) => `“${names[step]}”`));
      const at = { page, place: page.state?.place ?? null };
      if (known === undefined)
        yield { message: 'new-page', data: { after: names[value], steps: left }, ...at };
      else {
        const data = { before: names[known], after: names[value], steps: left };
        yield { message: 'skipped', data, ...at };
      }
    }
  },
});
