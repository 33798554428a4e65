import { ruleContext } from '../../src/assess/context.ts';
import type { DateField, KrDocument, KrMilestone, Place } from '../../src/model/document.ts';
import type { TemplateFacts } from '../../src/model/reader.ts';
import type { IssueFacts, RuleContext } from '../../src/model/rule.ts';

/** Documents written by hand, for what no text can bring about: crossed fields, odd names, texts not read. */

export const calendar = { startMonth: 2, namedAfter: 'end' } as const;
export const now = '2026-11-23T09:00:00Z';

export function place(offset: number, end = offset + 1): Place {
  return {
    start: { line: 1, column: offset + 1, offset },
    end: { line: 1, column: end + 1, offset: end },
  };
}

export function dueDate(fields: Partial<DateField> = {}): DateField {
  return { raw: '2026-12-11', date: '2026-12-11', inferred: false, problem: null, ...fields };
}

export function milestone(fields: Partial<KrMilestone> = {}): KrMilestone {
  return {
    label: 'Milestone 1',
    description: 'Push protection enabled',
    descriptionProblem: null,
    dueDate: dueDate(),
    dris: ['akiko.s'],
    driText: '@akiko.s',
    driProblem: null,
    state: 'open',
    place: place(0),
    ...fields,
  };
}

export function kr(fields: Partial<KrDocument> = {}): KrDocument {
  return {
    kind: 'kr',
    title: {
      raw: 'FY27 Q4 KR1 (Secret Hygiene) Revoke exposed credentials',
      fiscalYear: 2027,
      quarter: 4,
      number: 1,
      reference: 'Secret Hygiene',
      statement: 'Revoke exposed credentials',
    },
    okrLink: { url: 'https://app.ally.io/objectives/3104417', where: 'section', place: place(0) },
    okrLinkProblem: null,
    objective: { text: 'Fewer leaks.', problem: null, place: place(0) },
    milestones: [milestone()],
    leftovers: [],
    unread: null,
    ...fields,
  };
}

/** A template that asks for everything but `absent`, and calls things by their ids. */
export function template(absent: readonly string[] = []): TemplateFacts {
  return {
    kind: 'kr',
    nouns: { one: 'Key Result', many: 'Key Results' },
    has: (id) => !absent.includes(id),
    nameOf: (id) => id,
    headingOf: (id) => `## ${id}`,
    milestoneLine: () => '- [ ] a line',
    isTemplateText: (text) => text === 'add here',
  };
}

export function context(
  document: KrDocument,
  facts: IssueFacts = {},
  overrides: { absent?: readonly string[]; now?: string; source?: string } = {},
): RuleContext {
  return ruleContext({
    document,
    source: overrides.source ?? '',
    facts,
    now: overrides.now ?? now,
    calendar,
    template: template(overrides.absent),
  });
}
