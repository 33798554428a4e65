import type { DocumentKind } from '../../model/document.ts';

/**
 * What custom rules can look at, as CEL types. A field without a value is not there: `has(m.dueDate)` asks for it,
 * and an expression that needs it says nothing. Dates are texts `YYYY-MM-DD`, which compare as dates do.
 */
export const celTypes = {
  KrTitle: {
    raw: 'string',
    fiscalYear: 'int',
    quarter: 'int',
    number: 'int',
    reference: 'string',
    statement: 'string',
  },
  Quarter: { fiscalYear: 'int', quarter: 'int', start: 'string', end: 'string' },
  OkrLink: { url: 'string', where: 'string', problem: 'string' },
  TextField: { text: 'string', problem: 'string' },
  ListField: { text: 'string', items: 'int', problem: 'string' },
  StatusField: { raw: 'string', value: 'string', problem: 'string' },
  PercentField: { raw: 'string', value: 'double', problem: 'string' },
  DateField: { raw: 'string', date: 'string', problem: 'string' },
  Milestone: {
    number: 'int',
    name: 'string',
    description: 'string',
    descriptionProblem: 'string',
    dueDate: 'string',
    due: 'DateField',
    dris: 'list<string>',
    driText: 'string',
    driProblem: 'string',
    state: 'string',
  },
  Dependency: { description: 'string', stakeholders: 'list<string>', state: 'string' },
  Epic: { url: 'string', ref: 'string' },
  Section: { title: 'string', level: 'int' },
  Link: { url: 'string', text: 'string' },
  Kr: {
    title: 'KrTitle',
    quarter: 'Quarter',
    okrLink: 'OkrLink',
    objective: 'TextField',
    milestones: 'list<Milestone>',
    leftovers: 'list<string>',
  },
  Update: {
    weekOf: 'DateField',
    status: 'StatusField',
    percentComplete: 'PercentField',
    completed: 'ListField',
    nextSteps: 'ListField',
    leftovers: 'list<string>',
  },
  Okr: {
    objective: 'TextField',
    roadmapItem: 'TextField',
    dependencies: 'list<Dependency>',
    budget: 'TextField',
    leftovers: 'list<string>',
  },
  CheckIn: {
    status: 'StatusField',
    accomplished: 'TextField',
    nextSteps: 'TextField',
    leftovers: 'list<string>',
  },
  Plan: {
    title: 'TextField',
    epics: 'list<Epic>',
    sections: 'list<Section>',
    links: 'list<Link>',
    leftovers: 'list<string>',
  },
  Issue: {
    title: 'string',
    dueDate: 'string',
    assignees: 'list<string>',
    labels: 'list<string>',
    author: 'string',
    createdAt: 'string',
    confidential: 'bool',
    milestone: 'string',
    project: 'string',
  },
} as const satisfies Record<string, Record<string, string>>;

export type CelTypeName = keyof typeof celTypes;

/** The name by which an expression knows the document of each kind, and its type. */
export const documentVariables: Record<DocumentKind, { name: string; type: CelTypeName }> = {
  kr: { name: 'kr', type: 'Kr' },
  'weekly-update': { name: 'update', type: 'Update' },
  okr: { name: 'okr', type: 'Okr' },
  'check-in': { name: 'checkIn', type: 'CheckIn' },
  plan: { name: 'plan', type: 'Plan' },
};

/** What `for-each` can go through, and in which kind of document. */
export const forEachTypes = {
  milestone: { kind: 'kr', type: 'Milestone' },
  dependency: { kind: 'okr', type: 'Dependency' },
  epic: { kind: 'plan', type: 'Epic' },
  section: { kind: 'plan', type: 'Section' },
  link: { kind: 'plan', type: 'Link' },
} as const satisfies Record<string, { kind: DocumentKind; type: CelTypeName }>;

export type ForEach = keyof typeof forEachTypes;

/** The functions that can be called: those whose cost is bounded by the size of what they are given. */
export const allowedFunctions: ReadonlySet<string> = new Set([
  'size',
  'string',
  'int',
  'double',
  'has',
  'all',
  'exists',
  'exists_one',
  'map',
  'filter',
  'join',
  'split',
  'startsWith',
  'endsWith',
  'contains',
  'matches',
  'lowerAscii',
  'upperAscii',
  'trim',
  'indexOf',
  'lastIndexOf',
  'substring',
  'daysBetween',
]);
