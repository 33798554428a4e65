import { z } from 'zod';
import type { PlanFolder, PlanPage } from '../model/plan-folder.ts';
import { defineFolderRule } from './folder-rule.ts';
import { examplePlan } from './shared/plan-pages.ts';
import { quote, typed } from './shared/words.ts';

export const noDeadLink = defineFolderRule({
  id: 'no-dead-link',
  kind: 'plan',
  description: 'Links to files and headings of the repository lead somewhere.',
  why: 'Pages are renamed and headings reworded, and nothing tells the pages that link there. Only what is certain is reported: other hosts, other parts of the site and headings that the site generates are only counted.',
  messages: {
    file: {
      text: 'The link leads to {target}, which is not there.',
      hint: 'Correct the link, or take it out.',
    },
    'file-near': {
      text: 'The link leads to {target}, which is not there; {near} is.',
      hint: 'Correct the link, or take it out.',
    },
    anchor: {
      text: 'The link leads to {target}, and {page} has no such heading or anchor.',
      hint: 'Correct the link, or give a section that name: {example}.',
    },
    'anchor-near': {
      text: 'The link leads to {target}, and {page} has no such heading or anchor; it has {near}.',
      hint: 'Correct the link.',
    },
  },
  options: z.strictObject({
    anchors: z.boolean().default(true).describe('Whether headings and other anchors are looked for too.'),
  }),
  defaultSeverity: 'warning',
  examples: [
    {
      shows: 'files, headings and anchors made by hand',
      pages: {
        'a.md': [
          ...examplePlan('Known Devices', 31),
          '',
          'See [the steps](#two-steps), [keys](b.md#renewal) and [who](b.md#who).',
          '',
          '## Two Steps',
        ],
        'b.md': [
          ...examplePlan('Key Care', 32),
          '',
          '## Renewal',
          '',
          '[](){: name="who"} The team on call.',
        ],
      },
      reports: [],
    },
    {
      shows: 'a file and a heading that are not there',
      pages: {
        'a.md': [
          ...examplePlan('Known Devices', 31),
          '',
          'See [keys](key-car.md), [more](quarantine-of-devices.md), [the steps](#two-step) and [the end](#farewell).',
          '',
          '## Two Steps',
        ],
        'key-care.md': examplePlan('Key Care', 32),
      },
      reports: ['a.md: file-near', 'a.md: file', 'a.md: anchor-near', 'a.md: anchor'],
    },
    {
      shows: 'links that are not for us to say',
      pages: {
        'a.md': [
          ...examplePlan('Known Devices', 31),
          '',
          'See [the tool](https://example.com/gone) and [people](/handbook/people/), `[code](gone.md)`.',
        ],
      },
      reports: [],
    },
  ],
  *check(folder, { anchors }) {
    const rows = new Set(rowLinks(folder));
    for (const page of folder.pages) {
      for (const { link, target } of page.links) {
        const at = { page, place: link.place };
        if (target.to === 'nothing') {
          // Where a row of the index leads is another rule's matter.
          if (page.role === 'index' && rows.has(link.place.start.offset)) continue;
          const shown = quote(link.url);
          if (target.nearest === null) yield { message: 'file', data: { target: shown }, ...at };
          else yield { message: 'file-near', data: { target: shown, near: quote(target.nearest) }, ...at };
        }
        if (!anchors || target.to !== 'page' || target.anchor.state !== 'missing') continue;
        const { name, nearest } = target.anchor;
        const data = { target: quote(link.url), page: nameOf(target.path, page) };
        if (nearest === null)
          yield { message: 'anchor', data: { ...data, example: anchorNamed(name) }, ...at };
        else yield { message: 'anchor-near', data: { ...data, near: quote(`#${nearest}`) }, ...at };
      }
    }
  },
});

const nameOf = (path: string, page: PlanPage): string => (path === page.path ? 'this page' : quote(path));

/** What makes an anchor, to be typed as it is; nothing in the name breaks out of it. */
const anchorNamed = (name: string): string =>
  typed(`[](){: name="${name.replace(/[^\p{L}\p{N}_.-]/gu, '').slice(0, 80)}"}`);

function rowLinks({ rows }: PlanFolder): number[] {
  return (rows ?? []).flatMap(({ link }) => (link === null ? [] : [link.place.start.offset]));
}
