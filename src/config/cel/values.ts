import type {
  DateField,
  KrDocument,
  KrHygieneDocument,
  ListField,
  PercentField,
  Place,
  PlanDocument,
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

function documentRecord(
  document: KrHygieneDocument,
  context: RuleContext,
  items: CelValues['items'],
): CelRecord {
  const leftovers = document.leftovers.map((leftover) => cut(leftover.text));
  switch (document.kind) {
    case 'kr':
      return krRecord(document, context, items, leftovers);
    case 'weekly-update':
      return record('Update', {
        weekOf: dateRecord(document.weekOf),
        status: statusRecord(document.status),
        percentComplete: percentRecord(document.percentComplete),
        completed: listRecord(document.completed),
        nextSteps: listRecord(document.nextSteps),
        leftovers,
      });
    case 'okr':
      for (const [index, { description, stakeholders, state, place }] of document.dependencies.entries()) {
        const value = record('Dependency', { description: written(description, null), stakeholders, state });
        items.dependency.push({
          value,
          place,
          subject: { part: 'section', name: `Dependency ${index + 1}` },
          people: stakeholders,
        });
      }
      return record('Okr', {
        objective: textRecord(document.objective),
        roadmapItem: textRecord(document.roadmapItem),
        dependencies: items.dependency.map((item) => item.value),
        budget: textRecord(document.budget),
        leftovers,
      });
    case 'check-in':
      return record('CheckIn', {
        status: statusRecord(document.status),
        accomplished: textRecord(document.accomplished),
        nextSteps: textRecord(document.nextSteps),
        leftovers,
      });
    case 'plan':
      break;
  }
  return planRecord(document, items, leftovers);
}

function planRecord(document: PlanDocument, items: CelValues['items'], leftovers: string[]): CelRecord {
  const add = (kind: 'epic' | 'section' | 'link', value: CelRecord, place: Place) => {
    items[kind].push({ value, place, subject: { part: 'text' }, people: [] });
  };
  for (const epic of document.epics) {
    add(
      'epic',
      record('Epic', { url: 'url' in epic ? epic.url : null, ref: 'ref' in epic ? epic.ref : null }),
      epic.place,
    );
  }
  for (const { title, level, place } of document.sections) {
    add('section', record('Section', { title: cut(title), level: BigInt(level) }), place);
  }
  for (const { url, text, place } of document.links)
    add('link', record('Link', { url, text: cut(text) }), place);
  return record('Plan', {
    title: textRecord(document.title),
    epics: items.epic.map((item) => item.value),
    sections: items.section.map((item) => item.value),
    links: items.link.map((item) => item.value),
    leftovers,
  });
}

function krRecord(
  document: KrDocument,
  context: RuleContext,
  items: CelValues['items'],
  leftovers: string[],
): CelRecord {
  for (const [index, milestone] of document.milestones.entries()) {
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
    items.milestone.push({ value, place: milestone.place, subject, people: milestone.dris });
  }
  const { title, okrLink, objective } = document;
  const { quarter } = context;
  return record('Kr', {
    title: record('KrTitle', {
      raw: cut(title.raw),
      fiscalYear: int(title.fiscalYear),
      quarter: int(title.quarter),
      number: int(title.number),
      reference: title.reference,
      statement: title.statement,
    }),
    quarter:
      quarter === null
        ? null
        : record('Quarter', {
            ...quarter,
            fiscalYear: int(quarter.fiscalYear),
            quarter: int(quarter.quarter),
          }),
    okrLink: record('OkrLink', {
      url: okrLink?.url,
      where: okrLink?.where,
      problem: document.okrLinkProblem ?? '',
    }),
    objective: textRecord(objective),
    milestones: items.milestone.map((item) => item.value),
    leftovers,
  });
}

function issueRecord({ issue }: RuleContext): CelRecord {
  const { title, dueDate, assignees, labels, author, createdAt, confidential, gitlabMilestone, project } =
    issue;
  return record('Issue', {
    title,
    dueDate,
    assignees,
    labels,
    author,
    createdAt,
    confidential,
    milestone: gitlabMilestone,
    project,
  });
}

function int(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}

function cut(text: string): string {
  return text.slice(0, maxText);
}

/** A text, or null where nobody wrote one: there is none, it is empty, or it is what the template says. */
function written(text: string, problem: string | null): string | null {
  return text === '' || problem === 'missing' || problem === 'empty' || problem === 'placeholder'
    ? null
    : cut(text);
}

function textRecord({ text, problem }: TextField): CelRecord {
  return record('TextField', { text: written(text, problem), problem: problem ?? '' });
}

function listRecord({ text, items, problem }: ListField): CelRecord {
  const isThere = problem === null;
  return record('ListField', {
    text: written(text, problem),
    items: isThere ? BigInt(items) : null,
    problem: problem ?? '',
  });
}

function statusRecord({ raw, value, problem }: StatusField): CelRecord {
  return record('StatusField', { raw: written(raw, problem), value, problem: problem ?? '' });
}

function percentRecord({ raw, value, problem }: PercentField): CelRecord {
  return record('PercentField', { raw: written(raw, problem), value, problem: problem ?? '' });
}

function dateRecord({ raw, date, problem }: DateField): CelRecord {
  return record('DateField', { raw: written(raw, problem), date, problem: problem ?? '' });
}
