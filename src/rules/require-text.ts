import { z } from 'zod';
import type { DocumentKind, HiddenText, Place, TextProblem } from '../model/document.ts';
import { defineRule, type Rule, type RuleExample } from './rule.ts';
import { checkIn, milestoneList, okr, type Section, weeklyUpdate } from './shared/example-texts.ts';
import { inComment } from './shared/hidden.ts';
import { isShorter, plain, quote, typed } from './shared/words.ts';

const messages = {
  missing: { text: 'The section “{name}” is missing{comment}.', hint: 'Add {heading} and beneath it {ask}.' },
  empty: { text: 'The section “{name}” is empty{comment}.', hint: 'Write there {ask}.' },
  placeholder: {
    text: 'The section “{name}” holds nothing but a placeholder: {found}.',
    hint: 'Put in its place {ask}.',
  },
  'too-short': {
    text: 'The section “{name}” says very little: {found}.',
    hint: 'Write at least {min} characters on {ask}.',
  },
} as const;

const options = z.strictObject({
  'min-length': z
    .int()
    .min(0)
    .default(0)
    .describe('How many characters the text must have at least; 0: any text will do.'),
});

interface TextOfField {
  text: string;
  problem: TextProblem | null;
  place?: Place | null;
  hidden?: HiddenText;
}

/** A field that must hold text. */
interface RequiredText {
  id: string;
  /** The template's id of the section. */
  field: string;
  /** What belongs there, as it follows "write". */
  ask: string;
  description: string;
  why: string;
  /** An answer, the template's own words, and an answer of fewer words than `min`; for examples. */
  answer: string;
  question: string;
  short: readonly [min: number, answer: string];
  /** Further answers that are accepted. */
  alsoFine?: string;
  /** A text of the kind in which only this section differs. */
  text: (section: Section) => readonly string[];
}

const krs: RequiredText[] = [
  {
    id: 'require-objective',
    field: 'objective',
    ask: 'what this KR is to achieve and how you will measure it',
    description: 'The Objective section says what the KR is to achieve.',
    why: 'The objective is what everything else is measured against. Without it, no one outside the team can tell whether the milestones lead anywhere.',
    answer: 'No one is woken at night unless something is wrong.',
    question: '`what is the desired outcome of this KR? How will you measure success?`',
    short: [40, 'Calm nights.'],
    text: (section) => [
      ...(section === null ? [] : ['## Objective:', ...[section].flat()]),
      ...milestoneList({}),
    ],
  },
];

const updates: RequiredText[] = [
  {
    id: 'require-update-completed',
    field: 'completed',
    ask: 'what was done since the last update, or that nothing was',
    description: 'The update says what was completed.',
    why: 'What was done is the part people read. An empty list looks like an empty week, even when it was not; “None this week” is an answer too.',
    answer: '* Alarm rules reviewed',
    question: '* (List of what tasks were completed since last update)',
    short: [20, '* Rota'],
    alsoFine: 'None this week.',
    text: (completed) => weeklyUpdate(completed === null ? { completed, nextSteps: null } : { completed }),
  },
  {
    id: 'require-update-next-steps',
    field: 'next-steps',
    ask: 'what will happen in the next one or two weeks',
    description: 'The update says what comes next.',
    why: 'The next steps are what others can plan with, and what the next update can be held against.',
    answer: '* Agree on the rota',
    question: '* (List of what needs to happen in the next 1-2 weeks)',
    short: [20, '* Rota'],
    alsoFine: 'None this week.',
    text: (nextSteps) => weeklyUpdate(nextSteps === null ? { nextSteps, completed: null } : { nextSteps }),
  },
];

const okrs: RequiredText[] = [
  {
    id: 'require-okr-objective',
    field: 'objective',
    ask: 'the outcome you want, how it serves the strategy and how you will measure it',
    description: 'The OKR states its objective.',
    why: 'The objective is what the organisation agrees on; everything below it can change during the quarter.',
    answer:
      'People on call sleep through quiet nights; last quarter they were woken forty times for nothing.',
    question:
      '`what is the desired outcome of this OKR and how does it align with organizational strategy? How will you measure success?`',
    short: [10, 'Yes'],
    text: (objective) => okr({ objective }),
  },
  {
    id: 'require-okr-roadmap-item',
    field: 'roadmap-item',
    ask: 'the roadmap item this OKR supports',
    description: 'The OKR names the roadmap item it supports.',
    why: 'The roadmap says why now. An objective that serves no item of it either has the wrong priority or shows that the roadmap is out of date.',
    answer: 'Alerting, year two',
    question: '`what security roadmap item does this OKR support`',
    short: [10, 'Yes'],
    text: (roadmap) => okr({ roadmap }),
  },
  {
    id: 'require-okr-budget',
    field: 'budget',
    ask: 'the budget that is needed, or that none is',
    description: 'The OKR says what budget it needs.',
    why: 'Money that is asked for late is not there. “None” is an answer; silence is not.',
    answer: 'None',
    question: '`Any budget required to execute this OKR?`',
    short: [10, 'Yes'],
    text: (budget) => okr({ budget }),
  },
];

const checkIns: RequiredText[] = [
  {
    id: 'require-check-in-accomplished',
    field: 'accomplished',
    ask: 'what was accomplished this week',
    description: 'The check-in says what was accomplished.',
    why: 'A status says how it goes; what was accomplished shows why anyone should believe it.',
    answer: 'The night rota is agreed.',
    question: '`What did you accomplish this week?`',
    short: [10, 'Rota.'],
    text: (accomplished) =>
      checkIn(accomplished === null ? { accomplished, nextSteps: null } : { accomplished }),
  },
  {
    id: 'require-check-in-next-steps',
    field: 'next-steps',
    ask: 'what you will work on next week',
    description: 'The check-in says what comes next.',
    why: 'The next steps are what others can plan with, and what the next check-in can be held against.',
    answer: 'Train the late shift.',
    question: '`What will you work on next week?`',
    short: [10, 'Rota.'],
    text: (nextSteps) => checkIn(nextSteps === null ? { nextSteps, accomplished: null } : { nextSteps }),
  },
];

/** The text fields that must be there, kind by kind. */
export const requireText = {
  kr: krs.map((required) => requireField('kr', required)),
  'weekly-update': updates.map((required) => requireField('weekly-update', required)),
  okr: okrs.map((required) => requireField('okr', required)),
  'check-in': checkIns.map((required) => requireField('check-in', required)),
} as const;

function requireField(kind: DocumentKind, required: RequiredText): Rule {
  const { id, field, ask, description, why } = required;
  const key = field.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return defineRule({
    id,
    kind,
    description,
    why,
    messages,
    options,
    defaultSeverity: 'error',
    asksFor: field,
    fields: [field],
    examples: examplesOf(required),
    *check(document, { 'min-length': min }, { template }) {
      const { text, problem, place, hidden } = (document as unknown as Record<string, TextOfField>)[
        key
      ] as TextOfField;
      if (problem === null && !isShorter(text, min)) return;
      const name = plain(template.nameOf(field));
      const heading = typed((template.headingOf(field) ?? `## ${name}`).trimEnd());
      yield {
        message: problem ?? 'too-short',
        data: { name, ask, heading, found: quote(text), min, comment: inComment(hidden) },
        place: place ?? hidden?.place ?? null,
        subject: { part: 'section', name },
      };
    },
  });
}

function examplesOf({ answer, question, short: [min, few], alsoFine, text }: RequiredText): RuleExample[] {
  const accepted = alsoFine === undefined ? [] : [alsoFine];
  return [
    { shows: 'an answer', markdown: text(answer), reports: [] },
    ...accepted.map((fine) => ({
      shows: 'an answer that there is nothing',
      markdown: text(fine),
      reports: [],
    })),
    { shows: 'the words of the template', markdown: text(question), reports: ['placeholder'] },
    { shows: 'a heading with nothing beneath it', markdown: text([]), reports: ['empty'] },
    { shows: 'no such section', markdown: text(null), reports: ['missing'] },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': min },
      markdown: text(few),
      reports: ['too-short'],
    },
  ];
}
