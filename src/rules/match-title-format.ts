import { z } from 'zod';
import { quarterOf } from '../model/calendar.ts';
import type { KrTitle } from '../model/document.ts';
import type { RuleContext } from '../model/rule.ts';
import { enumerate } from '../text/words.ts';
import { defineRule } from './rule.ts';

import { quote, typed } from './shared/words.ts';

const parts = ['year', 'quarter', 'number', 'reference', 'statement'] as const;
type Part = (typeof parts)[number];

const partNames: Record<Part, string> = {
  year: 'the fiscal year',
  quarter: 'the quarter',
  number: 'the KR number',
  reference: 'the OKR’s title in brackets',
  statement: 'the result itself',
};

export const matchTitleFormat = defineRule({
  id: 'match-title-format',
  kind: 'kr',
  description:
    'The title reads `FY22 Q3 KR1 (OKR title reference) measurable title`; `FY22-Q3` and `FY22Q3` are as good.',
  why: 'Lists of issues show titles and nothing else. A title in the agreed form says when, which and what at a glance, sorts well, and is where the quarter of the whole KR is read from.',
  messages: {
    empty: { text: 'The issue has no title.', hint: 'Write one such as {example}.' },
    template: {
      text: 'The title is still the template’s: {title}.',
      hint: 'Write your own, such as {example}.',
    },
    missing: {
      text: 'The title lacks {parts}: {title}.',
      hint: 'Rename the issue, for example to {example}.',
    },
    'no-such-quarter': {
      text: 'The title names a quarter that does not exist, {quarter}: {title}.',
      hint: 'Quarters are Q1 to Q4. Rename the issue, for example to {example}.',
    },
    order: {
      text: 'The parts of the title are not in the usual order: {title}.',
      hint: 'Rename the issue to {example}.',
    },
    'not-measurable': {
      text: 'The title names no number by which the result can be measured: {title}.',
      hint: 'Say how much or how many, such as “95% of …” or “from 12 to 3”.',
    },
  },
  options: z.strictObject({
    require: z
      .array(z.enum(parts))
      .default([...parts])
      .describe('The parts a title must have.'),
    order: z.boolean().default(true).describe('Whether the parts must be in the order shown.'),
    measurable: z.boolean().default(false).describe('Whether the result must hold a number.'),
  }),
  defaultSeverity: 'error',
  fields: ['title'],
  needs: ['title'],
  evenUnread: true,
  examples: [
    {
      shows: 'a title in the agreed form',
      title: 'FY27 Q4 KR1 (Calm Nights) Cut false alarms at night by 80%',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: [],
    },
    {
      shows: 'the quarter written with a dash, the KR in square brackets',
      title: '[FY27-Q4] KR1: (Calm Nights) Cut false alarms at night by 80%',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: [],
    },
    {
      shows: 'no KR number and no OKR title',
      title: 'FY27 Q4 Cut false alarms at night by 80%',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['missing'],
    },
    {
      shows: 'a quarter that does not exist',
      title: 'FY27 Q6 KR1 (Calm Nights) Cut false alarms at night by 80%',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['no-such-quarter'],
    },
    {
      shows: 'the parts in another order',
      title: 'KR1 FY27 Q4 (Calm Nights) Cut false alarms at night by 80%',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['order'],
    },
    {
      shows: 'a result without a number, where the team asks for one',
      title: 'FY27 Q4 KR4 (Calm Nights) No more false alarms',
      options: { measurable: true },
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['not-measurable'],
    },
    {
      shows: 'the title of the template',
      title: 'Fiscal Year Quarter KR# (OKR Title Reference) measurable title',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['template'],
    },
    {
      shows: 'no title at all',
      title: '',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: ['empty'],
    },
  ],
  *check({ title }, options, context) {
    for (const problem of problemsOf(title, options, context)) {
      const example = typed(exampleTitle(title, context));
      const data = { parts: '', quarter: '', ...problem.data, title: quote(title.raw), example };
      const where = { place: null, subject: { part: 'title' } } as const;
      // All parts are there: what is to be the title is certain.
      const proposals = [{ field: 'title', value: exampleTitle(title, context) }];
      const certain = problem.message === 'order' ? { proposals } : {};
      yield { message: problem.message, data, ...where, ...certain };
    }
  },
});

interface Problem {
  message: 'empty' | 'template' | 'missing' | 'no-such-quarter' | 'order' | 'not-measurable';
  data?: { parts?: string; quarter?: string };
}

function* problemsOf(
  title: KrTitle,
  options: { require: readonly Part[]; order: boolean; measurable: boolean },
  { template }: RuleContext,
): Generator<Problem> {
  if (title.raw.trim() === '') {
    yield { message: 'empty' };
    return;
  }
  if (template.isTemplateText(title.raw)) {
    yield { message: 'template' };
    return;
  }
  const quarter = title.quarter === null ? impossibleQuarter(title.raw) : null;
  if (quarter !== null && options.require.includes('quarter')) {
    yield { message: 'no-such-quarter', data: { quarter } };
  }
  const missing = parts.filter(
    (part) =>
      options.require.includes(part) && isMissing(part, title) && (part !== 'quarter' || quarter === null),
  );
  if (missing.length > 0) {
    yield { message: 'missing', data: { parts: enumerate(missing.map((part) => partNames[part])) } };
  } else if (quarter === null && options.order && !isInOrder(title)) {
    yield { message: 'order' };
  }
  if (options.measurable && title.statement !== null && !/\p{Nd}/u.test(title.statement)) {
    yield { message: 'not-measurable' };
  }
}

/** What our own example holds for words that only the writer knows. */
const examples: ReadonlySet<string> = new Set(['okr title reference', 'measurable title']);

function isMissing(part: Part, title: KrTitle): boolean {
  const value = part === 'year' ? title.fiscalYear : title[part];
  if (typeof value === 'string' && examples.has(value.trim().toLowerCase())) return true;
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** `Q6`, where a quarter was meant. */
function impossibleQuarter(title: string): string | null {
  const found = /(?:^|[^a-z])(q ?-?(?:[05-9]|\d\d))(?!\d)/i.exec(title);
  return found?.[1]?.toUpperCase() ?? null;
}

/** Year, quarter and number. */
const inOrder = [/fy ?'?\d/i, /(?:^|[^a-z])q ?-?[1-4](?!\d)/i, /(?:^|[^a-z])kr[ #-]*\d/i] as const;

/** Whether year, quarter, number and reference follow one another; what cannot be found is taken to be in place. */
function isInOrder({ raw, reference }: KrTitle): boolean {
  const places = inOrder.map((part) => raw.search(part));
  places.push(reference === null ? -1 : raw.indexOf(reference));
  const known = places.filter((place) => place !== -1);
  return known.every((place, index) => index === 0 || (known[index - 1] ?? 0) <= place);
}

/** The title with what is known of it in place, and the rest as an example. */
function exampleTitle(title: KrTitle, { today, calendar }: RuleContext): string {
  const present = quarterOf(today, calendar);
  const year = String((title.fiscalYear ?? present.fiscalYear) % 100).padStart(2, '0');
  const known = (text: string | null) => (text !== null && text.trim() !== '' ? text.trim() : null);
  return [
    `FY${year}`,
    `Q${title.quarter ?? present.quarter}`,
    `KR${title.number ?? '#'}`,
    `(${known(title.reference) ?? 'OKR Title Reference'})`,
    known(title.statement) ?? 'measurable title',
  ].join(' ');
}
