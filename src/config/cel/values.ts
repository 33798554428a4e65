import { kinds } from '../../kinds/index.ts';
import type { FieldShape } from '../../kinds/kind.ts';
import type {
  DateField,
  Dependency,
  DocumentOf,
  EpicReference,
  KrHygieneDocument,
  KrMilestone,
  KrTitle,
  ListField,
  OkrLink,
  PercentField,
  Place,
  StatusField,
  TextField,
} from '../../model/document.ts';
import type { FindingSubject } from '../../model/finding.ts';
import type { RuleContext } from '../../model/rule.ts';
import { type CelRecord, record } from './environment.ts';
import { documentVariables, type ForEach } from './types.ts';

/** More than this of one text is not handed to an expression; people do not write it. */
const maxText = 20_000;

/** One thing that `for-each` goes through. */
export interface CelItem {
  value: CelRecord;
  place: Place;
  subject: FindingSubject;
  people: string[];
}

/** What an expression sees of one document. */
export interface CelValues {
  variables: Record<string, unknown>;
  items: Record<ForEach, CelItem[]>;
}

const known = new WeakMap<RuleContext, { document: KrHygieneDocument; values: CelValues }>();

/** The document and its issue as CEL values; made once for all custom rules. */
export function celValues(document: KrHygieneDocument, context: RuleContext): CelValues {
  const before = known.get(context);
  if (before?.document === document) return before.values;
  const items: Record<ForEach, CelItem[]> = {
    milestone: [],
    dependency: [],
    epic: [],
    section: [],
    link: [],
  };
  const { name } = documentVariables[document.kind];
  const values: CelValues = {
    variables: {
      [name]: documentRecord(document, context, items),
      issue: issueRecord(context),
      today: context.today,
      text: cut(context.source),
    },
    items,
  };
  known.set(context, { document, values });
  return values;
}

/** The fields of the kind, each by its shape; a KR also has the quarter of its title. */
function documentRecord(
  document: KrHygieneDocument,
  context: RuleContext,
  items: CelValues['items'],
): CelRecord {
  const { fields, variable } = kinds[document.kind];
  const given = document as unknown as Record<string, unknown>;
  const values: Record<string, unknown> = {
    leftovers: document.leftovers.map((leftover) => cut(leftover.text)),
  };
  for (const [name, shape] of Object.entries(fields)) {
    values[name] = shapes[shape](given[name], given, name, items);
    if (shape === 'kr-title') values['quarter'] = quarterRecord(context);
  }
  return record(variable.type, values);
}

type ToValue = (
  field: unknown,
  document: Readonly<Record<string, unknown>>,
  name: string,
  items: CelValues['items'],
) => unknown;

/** A field of each shape as an expression sees it; what `for-each` goes through is collected on the way. */
const shapes: Record<FieldShape, ToValue> = {
  'kr-title': (title) => titleRecord(title as KrTitle),
  'okr-link': (link, document, name) =>
    record('OkrLink', {
      url: (link as OkrLink | null)?.url,
      where: (link as OkrLink | null)?.where,
      problem: document[`${name}Problem`] ?? '',
    }),
  text: (field) => textRecord(field as TextField),
  list: (field) => listRecord(field as ListField),
  status: (field) => valueRecord('StatusField', field as StatusField),
  percent: (field) => valueRecord('PercentField', field as PercentField),
  date: (field) => dateRecord(field as DateField),
  milestones: (list, _document, _name, items) => {
    items.milestone.push(...(list as KrMilestone[]).map(milestoneItem));
    return items.milestone.map(valueOf);
  },
  dependencies: (list, _document, _name, items) => {
    items.dependency.push(...(list as Dependency[]).map(dependencyItem));
    return items.dependency.map(valueOf);
  },
  epics: (list, _document, _name, items) => {
    for (const epic of list as EpicReference[]) {
      const fields = { url: 'url' in epic ? epic.url : null, ref: 'ref' in epic ? epic.ref : null };
      items.epic.push(textItem('Epic', fields, epic.place));
    }
    return items.epic.map(valueOf);
  },
  sections: (list, _document, _name, items) => {
    for (const { title, level, place } of list as DocumentOf<'plan'>['sections'])
      items.section.push(textItem('Section', { title: cut(title), level: BigInt(level) }, place));
    return items.section.map(valueOf);
  },
  links: (list, _document, _name, items) => {
    for (const { url, text, place } of list as DocumentOf<'plan'>['links'])
      items.link.push(textItem('Link', { url, text: cut(text) }, place));
    return items.link.map(valueOf);
  },
};

const valueOf = ({ value }: CelItem): CelRecord => value;

const textItem = (type: string, fields: Record<string, unknown>, place: Place): CelItem => ({
  value: record(type, fields),
  place,
  subject: { part: 'text' },
  people: [],
});

function milestoneItem(milestone: KrMilestone, index: number): CelItem {
  const name = milestone.label ?? `Milestone ${index + 1}`;
  const value = record('Milestone', {
    number: BigInt(index + 1),
    name,
    description: written(milestone.description, milestone.descriptionProblem),
    descriptionProblem: milestone.descriptionProblem ?? '',
    dueDate: milestone.dueDate.date,
    due: dateRecord(milestone.dueDate),
    dris: milestone.dris,
    driText: written(milestone.driText, milestone.driProblem),
    driProblem: milestone.driProblem ?? '',
    state: milestone.state,
  });
  const subject: FindingSubject = { part: 'milestone', index, label: name };
  return { value, place: milestone.place, subject, people: milestone.dris };
}

function dependencyItem({ description, stakeholders, state, place }: Dependency, index: number): CelItem {
  const value = record('Dependency', { description: written(description, null), stakeholders, state });
  const subject: FindingSubject = { part: 'section', name: `Dependency ${index + 1}` };
  return { value, place, subject, people: stakeholders };
}

function titleRecord(title: KrTitle): CelRecord {
  return record('KrTitle', {
    raw: cut(title.raw),
    fiscalYear: int(title.fiscalYear),
    quarter: int(title.quarter),
    number: int(title.number),
    reference: title.reference,
    statement: title.statement,
  });
}

function quarterRecord({ quarter }: RuleContext): CelRecord | null {
  if (quarter === null) return null;
  const { fiscalYear, quarter: number } = quarter;
  return record('Quarter', { ...quarter, fiscalYear: int(fiscalYear), quarter: int(number) });
}

function issueRecord({ issue }: RuleContext): CelRecord {
  const { title, dueDate, assignees, labels, author, createdAt, confidential, project } = issue;
  const milestone = issue.gitlabMilestone;
  const known = { title, dueDate, assignees, labels, author, createdAt, confidential, milestone, project };
  return record('Issue', known);
}

function int(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}

function cut(text: string): string {
  return text.slice(0, maxText);
}

/** A text, or null where no one wrote one: there is none, it is empty, or it is what the template says. */
function written(text: string, problem: string | null): string | null {
  return text === '' || problem === 'missing' || problem === 'empty' || problem === 'placeholder'
    ? null
    : cut(text);
}

function textRecord({ text, problem }: TextField): CelRecord {
  return record('TextField', { text: written(text, problem), problem: problem ?? '' });
}

function listRecord({ text, items, problem }: ListField): CelRecord {
  const number = problem === null ? BigInt(items) : null;
  return record('ListField', { text: written(text, problem), items: number, problem: problem ?? '' });
}

function valueRecord(type: string, { raw, value, problem }: StatusField | PercentField): CelRecord {
  return record(type, { raw: written(raw, problem), value, problem: problem ?? '' });
}

function dateRecord({ raw, date, problem }: DateField): CelRecord {
  return record('DateField', { raw: written(raw, problem), date, problem: problem ?? '' });
}
