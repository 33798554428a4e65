import { z } from 'zod';
import { defineFolderRule } from './folder-rule.ts';
import { examplePlan, indexOf } from './shared/plan-pages.ts';
import { quote } from './shared/words.ts';

export const requirePlanIndexRow = defineFolderRule({
  id: 'require-plan-index-row',
  kind: 'plan',
  description: 'Each plan of a folder has a row in the table of its index.',
  why: 'People look for plans in the table. One that is not in it was, for them, never made; and a table that is kept by hand falls behind without a sound.',
  messages: {
    missing: {
      text: 'The plan has no row in {index}.',
      hint: 'Add one, or run `kr-hygiene plans index --write` on the folder.',
    },
  },
  options: z.strictObject({}),
  defaultSeverity: 'warning',
  examples: [
    {
      shows: 'a row each, by address and by file',
      pages: {
        '_index.md': indexOf(
          '| [Known Devices](/handbook/security/planning/known-devices/) | |',
          '| [Key Care](keys/key-care.md) | |',
        ),
        'known-devices.md': examplePlan('Known Devices', 31),
        'keys/key-care.md': examplePlan('Key Care', 32),
      },
      reports: [],
    },
    {
      shows: 'a plan that no one finds',
      pages: {
        '_index.md': indexOf('| [Known Devices](/handbook/security/planning/known-devices/) | |'),
        'known-devices.md': examplePlan('Known Devices', 31),
        'key-care.md': examplePlan('Key Care', 32),
      },
      reports: ['key-care.md: missing'],
    },
  ],
  *check({ pages, index, rows }) {
    // Without an index there is nothing to be missing from, and of one that was not read no one knows: both are told once.
    if (index === null || index.document.unread !== null) return;
    const targets = (rows ?? index.links).map(({ target }) => target);
    const listed = new Set(targets.flatMap((target) => (target.to === 'page' ? [target.path] : [])));
    for (const page of pages) {
      if (page.role !== 'plan' || page.unpublished || listed.has(page.path)) continue;
      yield { message: 'missing', data: { index: quote(index.file) }, page, place: page.titlePlace };
    }
  },
});
