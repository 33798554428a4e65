import { documentKinds, kinds } from '../../kinds/index.ts';
import type { FieldShape } from '../../kinds/kind.ts';
import type { DocumentKind } from '../../model/document.ts';

/**
 * What custom rules can look at, as CEL types. A field without a value is not there: `has(m.dueDate)` asks for it,
 * and an expression that needs it says nothing. Dates are texts `YYYY-MM-DD`, which compare as dates do.
 */
const sharedTypes = {
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

/** What a field of each shape is in an expression. */
const typeOfShape: Record<FieldShape, string> = {
  'kr-title': 'KrTitle',
  'okr-link': 'OkrLink',
  text: 'TextField',
  list: 'ListField',
  status: 'StatusField',
  percent: 'PercentField',
  date: 'DateField',
  milestones: 'list<Milestone>',
  dependencies: 'list<Dependency>',
  epics: 'list<Epic>',
  sections: 'list<Section>',
  links: 'list<Link>',
};

/** The name by which an expression knows the document of each kind, and its type. */
export const documentVariables = Object.fromEntries(
  documentKinds.map((kind) => [kind, kinds[kind].variable]),
) as Record<DocumentKind, { name: string; type: string }>;

/** The type of the documents of a kind: its fields, in their order; a KR also has the quarter of its title. */
function documentType(kind: DocumentKind): Record<string, string> {
  const fields = Object.entries(kinds[kind].fields).flatMap(([name, shape]) => [
    [name, typeOfShape[shape]],
    ...(shape === 'kr-title' ? [['quarter', 'Quarter']] : []),
  ]);
  return { ...(Object.fromEntries(fields) as Record<string, string>), leftovers: 'list<string>' };
}

/** Every type an expression can meet, with its fields. */
export const celTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...sharedTypes,
  ...Object.fromEntries(documentKinds.map((kind) => [kinds[kind].variable.type, documentType(kind)])),
};

/** What `for-each` can go through, and in which kind of document. */
export const forEachTypes = {
  milestone: { kind: 'kr', type: 'Milestone' },
  dependency: { kind: 'okr', type: 'Dependency' },
  epic: { kind: 'plan', type: 'Epic' },
  section: { kind: 'plan', type: 'Section' },
  link: { kind: 'plan', type: 'Link' },
} as const satisfies Record<string, { kind: DocumentKind; type: keyof typeof sharedTypes }>;

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
