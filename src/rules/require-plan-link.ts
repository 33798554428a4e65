import { z } from 'zod';
import type { KrDocument } from '../model/document.ts';
import type { RuleContext } from '../model/rule.ts';
import { enumerateFirst } from '../text/words.ts';
import { defineRule } from './rule.ts';
import { milestoneList } from './shared/example-texts.ts';
import { quote, typed } from './shared/words.ts';

const userName = z.string().regex(/^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,254}$/u, 'a user name, without `@`');

const ofTwoPeople = milestoneList(
  { description: 'Rota agreed', dri: '@ann' },
  { description: 'Rota kept', due: '2027-01-22', dri: '@bo.lee' },
);

export const requirePlanLink = defineRule({
  id: 'require-plan-link',
  kind: 'kr',
  description: 'A KR whose DRIs are of several teams links to a Security Plan.',
  why: 'Work that spans teams is planned in writing before it begins. A KR that names people of three teams and no plan has mostly been promised on behalf of two of them.',
  messages: {
    missing: {
      text: 'The DRIs are of {number} teams ({teams}), and the description links to no plan.',
      hint: 'Link to the plan, for example {example}.',
    },
  },
  options: z.strictObject({
    teams: z
      .record(z.string().min(1).max(100), z.array(userName).max(1000))
      .default({})
      .describe(
        'Who is of which team: name of the team, user names. People who are in no team are not counted.',
      ),
    max: z.int().min(1).default(1).describe('KRs of at most this many teams need no plan.'),
    pages: z
      .array(z.string().min(3).max(500))
      .min(1)
      .max(50)
      .default(['/security/planning/'])
      .describe('What the address of a plan contains.'),
  }),
  defaultSeverity: 'warning',
  offAtFirst: true,
  fields: ['dri'],
  examples: [
    {
      shows: 'two teams and a plan',
      options: { teams: { platform: ['ann'], detection: ['bo.lee'] } },
      markdown: [
        ...ofTwoPeople,
        '',
        'Plan: https://handbook.example.com/handbook/security/planning/calm-nights/',
      ],
      reports: [],
    },
    {
      shows: 'two teams without a plan',
      options: { teams: { platform: ['ann'], detection: ['bo.lee'] } },
      issue: { assignees: ['Ann'] },
      markdown: ofTwoPeople,
      reports: ['missing'],
    },
    {
      shows: 'one team, however many people',
      options: { teams: { platform: ['ann', 'bo.lee'] } },
      markdown: ofTwoPeople,
      reports: [],
    },
  ],
  *check(document, { teams, max, pages }, context) {
    const people = peopleOf(document, context);
    const concerned = Object.entries(teams)
      .filter(([, members]) => members.some((member) => people.has(member.toLowerCase())))
      .map(([team]) => team);
    if (concerned.length <= max || linksToPlan(context.source, pages)) return;
    const data = {
      number: concerned.length,
      teams: enumerateFirst(concerned.map(quote), 5),
      example: typed(`Plan: https://…${pages[0]}name-of-the-plan/`),
    };
    yield { message: 'missing', data, place: null, subject: { part: 'text' } };
  },
});

/** Everyone who answers for a part of the KR, in lower case. */
function peopleOf({ milestones }: KrDocument, { issue }: RuleContext): Set<string> {
  const names = [...milestones.flatMap(({ dris }) => dris), ...(issue.assignees ?? [])];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** Whether an address in the text, or the target of a link, has one of these parts. */
function linksToPlan(source: string, pages: readonly string[]): boolean {
  const addresses = source.match(/(?:https?:\/\/|\]\()[^\s<>)"]{1,2000}/g) ?? [];
  return addresses.some((address) => pages.some((page) => address.includes(page)));
}
