import { z } from 'zod';
import { defineFolderRule } from './folder-rule.ts';
import { examplePlan, indexOf } from './shared/plan-pages.ts';
import { quote } from './shared/words.ts';

export const noDeadPlanRow = defineFolderRule({
  id: 'no-dead-plan-row',
  kind: 'plan',
  description: 'Each row in the table of the index leads to a plan that is there.',
  why: 'A page that is renamed or deleted leaves its row behind, and the next reader a dead end. Rows are compared by where they lead, not by their words.',
  messages: {
    dead: {
      text: 'The row {row} leads to {slug}, and no such page is in the folder.',
      hint: 'Take the row out, or correct its link.',
    },
    renamed: {
      text: 'The row {row} leads to {slug}, and no such page is in the folder; {page} has no row and may be meant.',
      hint: 'Let the row lead to the new page, or run `kr-hygiene plans index --write` on the folder.',
    },
    unlinked: {
      text: 'The row {row} links to no page.',
      hint: 'Link its first column to the plan, or take the row out.',
    },
  },
  options: z.strictObject({}),
  defaultSeverity: 'error',
  examples: [
    {
      shows: 'a row whose page is there',
      pages: {
        '_index.md': indexOf('| [Known Devices](/handbook/security/planning/known-devices/) | |'),
        'known-devices/index.md': examplePlan('Known Devices', 31),
      },
      reports: [],
    },
    {
      shows: 'a page that was deleted',
      pages: {
        '_index.md': indexOf(
          '| [Known Devices](/handbook/security/planning/known-devices/) | |',
          '| [Quarantine](/handbook/security/planning/quarantine/) | |',
        ),
        'known-devices.md': examplePlan('Known Devices', 31),
      },
      reports: ['_index.md: dead'],
    },
    {
      shows: 'a page that was renamed',
      pages: {
        '_index.md': indexOf('| [Known Devices](devices.md) | |'),
        'known-devices.md': examplePlan('Known Devices', 31),
      },
      reports: ['_index.md: renamed'],
    },
    {
      shows: 'a row without a link',
      pages: { '_index.md': indexOf('| Known Devices | |') },
      reports: ['_index.md: unlinked'],
    },
  ],
  *check({ index, rows }) {
    if (index === null) return;
    for (const { target, link, cells, place } of rows ?? []) {
      if (target.to !== 'nothing') continue;
      const row = quote(cells[0] ?? '');
      const at = { page: index, place: link?.place ?? place };
      if (link === null) yield { message: 'unlinked', data: { row }, ...at };
      else if (target.renamed === null)
        yield { message: 'dead', data: { row, slug: quote(target.slug) }, ...at };
      else {
        const data = { row, slug: quote(target.slug), page: quote(target.renamed.path) };
        yield { message: 'renamed', data, ...at };
      }
    }
  },
});
