import { z } from 'zod';
import { enumerateFirst } from '../text/words.ts';
import { defineRule } from './rule.ts';
import { planText } from './shared/plan-pages.ts';
import { quote, typed } from './shared/words.ts';

export const requirePlanEpic = defineRule({
  id: 'require-plan-epic',
  kind: 'plan',
  description: 'The plan is tied to one epic and links to it.',
  why: 'The plan says what is thought, the epic what is done. With one link between them the plan can stay short and the issues need no list of their own.',
  messages: {
    missing: { text: 'The plan names no epic.', hint: 'Link to its epic, for example {example}.' },
    several: {
      text: 'The plan names {number} epics: {found}.',
      hint: 'Keep the one this plan is tied to, or split the plan.',
    },
  },
  options: z.strictObject({
    issues: z
      .boolean()
      .default(false)
      .describe('Whether an issue may stand in for the epic: GitLab Free has no epics.'),
    max: z.int().min(1).default(1).describe('How many different epics a plan may name.'),
  }),
  defaultSeverity: 'error',
  examples: [
    {
      shows: 'one epic',
      markdown: planText('Epic: https://gitlab.com/groups/acme-sec/-/epics/31'),
      reports: [],
    },
    {
      shows: 'the same epic twice',
      markdown: planText(
        'Epic: https://gitlab.com/groups/acme-sec/-/epics/31',
        'See https://gitlab.com/groups/acme-sec/-/epics/31 for the issues.',
      ),
      reports: [],
    },
    {
      shows: 'the same epic by its reference and as the work item that it is kept as',
      markdown: planText('Epic: https://gitlab.com/groups/acme-sec/-/work_items/31, which is acme-sec&31'),
      reports: [],
    },
    {
      shows: 'no epic',
      markdown: planText(),
      reports: ['missing'],
    },
    {
      shows: 'an issue in place of the epic, where there are no epics',
      options: { issues: true },
      markdown: planText('Issue: https://gitlab.com/acme-sec/work/-/issues/7'),
      reports: [],
    },
    {
      shows: 'two epics',
      markdown: planText(
        'Epic: https://gitlab.com/groups/acme-sec/-/epics/31',
        'See also https://gitlab.com/groups/acme-sec/-/epics/32',
      ),
      reports: ['several'],
    },
  ],
  *check({ epics, links }, { max, issues }) {
    const names = distinct(epics.map((epic) => ('url' in epic ? epic.url : epic.ref)));
    const subject = { part: 'text' } as const;
    const isIssue = ({ url }: { url: string }) =>
      /\/-\/(?:issues|work_items)\/\d+/.test(url) && !isGroups(url);
    if (names.length === 0 && issues && links.some(isIssue)) return;
    if (names.length === 0) {
      const example = typed('Epic: https://gitlab.com/groups/your-group/-/epics/12');
      yield { message: 'missing', data: { example }, place: null, subject };
    } else if (names.length > max) {
      const place = epics.find((epic) => ('url' in epic ? epic.url : epic.ref) === names[max])?.place ?? null;
      const found = enumerateFirst(names.map(quote), 3);
      yield { message: 'several', data: { number: names.length, found }, place, subject };
    }
  },
});

const isGroups = (url: string): boolean => /\/groups\/[^?#]+\/-\//.test(url);

/** Each epic once, by the first of its names: `group&12`, its address, and that of the work item it is kept as. */
function distinct(names: readonly string[]): string[] {
  const groups = new Map<string, Set<string>>();
  return names.filter((name) => {
    const { group, iid } = partsOf(name);
    const known = groups.get(iid) ?? new Set();
    // `&12` alone may be of any group that is named with that number.
    const isNew = known.size === 0 || (group !== '' && !known.has('') && !known.has(group));
    groups.set(iid, known.add(group));
    return isNew;
  });
}

/** Group and number of an epic, in lower case; `group` is '' where none is named. */
function partsOf(name: string): { group: string; iid: string } {
  const [, path = '', number = ''] = /\/groups\/([^?#]+?)\/-\/(?:epics|work_items)\/(\d+)/i.exec(name) ?? [];
  if (number !== '') return { group: path.toLowerCase(), iid: number };
  const reference = name.replace(/^\[epic:|\]$/gi, '');
  const iid = /\d+$/.exec(reference)?.[0] ?? reference;
  return {
    group: reference
      .slice(0, reference.length - iid.length)
      .replace(/[&/]$/, '')
      .toLowerCase(),
    iid,
  };
}
