import { z } from 'zod';
import type { KrMilestone } from '../model/document.ts';
import type { IssueFacts } from '../model/rule.ts';
import { counted } from '../text/words.ts';
import { defineRule } from './rule.ts';
import { milestoneList } from './shared/example-texts.ts';
import { intoField, milestonesIn, named, statesOption } from './shared/milestones.ts';
import { plain, quote, usersNamed } from './shared/words.ts';

export const requireMilestoneDri = defineRule({
  id: 'require-milestone-dri',
  kind: 'kr',
  description: 'Every milestone names the person responsible, as a mention of a member of the project.',
  why: 'One name is what makes a milestone happen. Only a mention reaches the person: GitLab tells no one about a plain name, a mention in code or an e-mail address, and a group is no one in particular.',
  messages: {
    missing: {
      text: '{milestone}: the DRI is missing.',
      hint: 'Write {example}, with the user name of the person responsible.',
    },
    placeholder: {
      text: '{milestone}: the DRI is still a placeholder: {found}.',
      hint: 'Write {example}, with the user name of the person responsible.',
    },
    'not-a-mention': {
      text: '{milestone}: the DRI {found} is not a mention, so GitLab tells no one.',
      hint: 'Write {example}, with the GitLab user name of the person responsible.',
    },
    'in-code': {
      text: '{milestone}: the DRI {found} is in code, and GitLab tells no one about a mention in code.',
      hint: 'Write it without back-ticks: {example}.',
    },
    group: {
      text: '{milestone}: the DRI {found} is a group, not a person.',
      hint: 'Name the one person responsible: {example}.',
    },
    'not-a-member': {
      text: '{milestone}: not a member of this project: {names}.',
      hint: 'Check the spelling of the user name, invite the person to the project, or name someone else.',
    },
    inactive: {
      text: '{milestone}: {names} has no active account.',
      hint: 'Name someone who can read it: {example}.',
    },
    'too-many': {
      text: '{milestone}: it names {count}, {names}; at most {max} wanted.',
      hint: 'Keep the one who is responsible; mention the others in the description.',
    },
  },
  options: z.strictObject({
    states: statesOption,
    members: z
      .boolean()
      .default(true)
      .describe(
        'Whether the DRI must be a member of the project; not evaluated where the members are not known.',
      ),
    max: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .describe('How many people one milestone may name; null: any number.'),
  }),
  defaultSeverity: 'error',
  fields: ['dri'],
  asksFor: 'dri',
  examples: [
    {
      shows: 'a mention',
      markdown: milestoneList({}),
      reports: [],
    },
    {
      shows: 'no name, and the words of the template',
      markdown: milestoneList({ dri: '' }, { dri: '`add here`' }),
      reports: ['missing', 'placeholder'],
    },
    {
      shows: 'a name without a mention, and a mention in code',
      markdown: milestoneList({ dri: 'Maya Oyelaran' }, { dri: '`@maya.o`' }),
      reports: ['not-a-mention', 'in-code'],
    },
    {
      shows: 'everybody',
      markdown: milestoneList({ dri: '@all' }),
      reports: ['group'],
    },
    {
      shows: 'someone who is not a member of the project',
      issue: { members: ['maya.o', 'tom-b'] },
      markdown: milestoneList({}, { dri: '@maya.x' }),
      reports: ['not-a-member'],
    },
    {
      shows: 'someone whose account is blocked',
      issue: { members: ['maya.o', 'tom-b'], inactive: ['tom-b'] },
      markdown: milestoneList({ dri: '@tom-b' }),
      reports: ['inactive'],
    },
    {
      shows: 'more people than the team wants',
      options: { max: 1 },
      markdown: milestoneList({ dri: '@maya.o and @tom-b' }),
      reports: ['too-many'],
    },
  ],
  *check(document, { states, members, max }, { issue, template }) {
    const field = { id: 'dri', name: plain(template.nameOf('dri')) } as const;
    const mayBeDri = (name: string): boolean =>
      !isInactive(name, issue) && !(members && isStranger(name, issue));
    for (const one of milestonesIn(document, states)) {
      const { milestone } = one;
      if (milestone.driCertain === false) continue;
      const { dris } = milestone;
      if (milestone.driProblem === null && dris.length <= (max ?? dris.length) && dris.every(mayBeDri))
        continue;
      const { name, subject } = named(one);
      const where = { place: milestone.driPlace ?? milestone.place, subject };
      if (milestone.driProblem !== null) {
        const inCode = mentionInCode(milestone, mayBeDri);
        const message = inCode === null ? milestone.driProblem : 'in-code';
        const named = namedMember(milestone, issue);
        const meant = inCode ?? (named !== null && mayBeDri(named) ? named : null);
        const found = quote(milestone.driText.replaceAll('`', ''));
        const example = intoField(milestone, field, `@${meant ?? 'username'}`);
        const data = { milestone: name, found, example };
        yield { message, data, ...where, ...propose(meant === null ? [] : [meant]) };
        continue;
      }
      // Who did it may have left since.
      const gone = milestone.state === 'open' ? dris.filter((dri) => isInactive(dri, issue)) : [];
      if (gone.length > 0) {
        const left = dris.filter((dri) => !gone.includes(dri));
        const example = intoField(milestone, field, '@username');
        const data = { milestone: name, names: usersNamed(gone), example };
        yield { message: 'inactive', data, ...where, ...propose(left) };
        continue;
      }
      const strangers = members ? dris.filter((dri) => isStranger(dri, issue)) : [];
      if (strangers.length > 0) {
        const left = dris.filter((dri) => !strangers.includes(dri));
        const data = { milestone: name, names: usersNamed(strangers) };
        yield { message: 'not-a-member', data, ...where, ...propose(left) };
      }
      if (max !== null && dris.length > max) {
        const data = { milestone: name, count: counted(dris.length, 'DRI'), names: usersNamed(dris), max };
        yield { message: 'too-many', data, ...where, people: dris };
      }
    }
  },
});

/** Who is to be there; no one: only the writer knows. */
function propose(names: readonly string[]) {
  const value = names.length === 0 ? null : names.map((name) => `@${name}`).join(', ');
  return { proposals: [{ field: 'dri', value }] };
}

/** The author and the assignees have to do with the issue, members or not. */
function isStranger(dri: string, { members, openToOthers, author, assignees = [] }: IssueFacts): boolean {
  const name = dri.toLowerCase();
  if (members === undefined || openToOthers === true || members.has(name)) return false;
  return author?.toLowerCase() !== name && !assignees.some((each) => each.toLowerCase() === name);
}

const isInactive = (dri: string, { inactive }: IssueFacts): boolean =>
  inactive?.has(dri.toLowerCase()) === true;

/** The user name in `@name` written as code, of someone who may be the DRI: freed from it, the name is right. */
function mentionInCode(
  { driProblem, driText }: KrMilestone,
  mayBe: (name: string) => boolean,
): string | null {
  if (driProblem !== 'not-a-mention') return null;
  const name = /`@([\w.-]{0,200}\w)`/.exec(driText)?.[1];
  return name !== undefined && mayBe(name) ? name : null;
}

/** The member who is meant without doubt: by user name, profile link, display name or a first name that only one has. */
function namedMember({ driProblem, driText }: KrMilestone, { members, called }: IssueFacts): string | null {
  if (driProblem !== 'not-a-mention' || members === undefined) return null;
  const text = driText.slice(0, 200);
  const linked = /https?:\/\/[^\s/)]+\/([\w.-]{0,200}\w)(?=[\s)/]|$)/.exec(text)?.[1];
  if (linked !== undefined && members.has(linked.toLowerCase())) return linked;
  const words: readonly string[] = text.match(/[\w.-]*\w/g) ?? [];
  const byUserName = words.find((word) => members.has(word.toLowerCase()));
  const whole = text.replaceAll(/[`*_]/g, '').trim().toLowerCase();
  return called?.get(whole) ?? byUserName ?? null;
}
