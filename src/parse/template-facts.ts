import { type Span, sourceOf, textOf } from '../markdown/rich-text.ts';
import type { MilestoneValues, TemplateFacts } from '../model/reader.ts';
import type { CompiledKind } from './compile.ts';
import { headOf, spansOf } from './reading.ts';

interface Label {
  id: string;
  name: string;
  /** As the template writes it, with its joint: `Due Date: `. */
  written: string;
}

const examples: Readonly<Record<string, string>> = {
  'due-date': 'YYYY-MM-DD',
  dri: '@username',
  description: 'what will be done',
};

/** What the template of a kind asks for, and how it words it. */
export function templateFacts(kind: CompiledKind): TemplateFacts {
  const { template, grammar } = kind;
  const names = new Map<string, string>();
  const headings = new Map<string, string>();
  for (const section of template.sections) {
    if (section.id === null || section.name === null || names.has(section.id)) continue;
    const name = textOf(section.name)
      .replace(/\s*[:：]\s*$/, '')
      .trim();
    names.set(section.id, name);
    headings.set(section.id, headingLine(grammar.template, section.name));
  }
  const item = itemOf(kind);
  for (const label of item.labels) if (!names.has(label.id)) names.set(label.id, label.name);
  return {
    kind: kind.kind,
    nouns: kind.nouns,
    has: (id) => names.has(id),
    nameOf: (id) => names.get(id) ?? id,
    headingOf: (id) => headings.get(id) ?? null,
    milestoneLine: (values) => milestoneLine(item, values),
    isTemplateText: (text) => kind.phrases.isPhrase(text),
  };
}

/** The line of a heading up to its name: `## Milestones`. */
function headingLine(source: string, name: Span): string {
  const { start, end } = sourceOf(name);
  const begin = source.lastIndexOf('\n', start - 1) + 1;
  return source.slice(begin, end).trimEnd();
}

interface TemplateItem {
  bullet: string;
  boxed: boolean;
  /** What the template calls the first item: `Milestone 1`; '' when it has no name. */
  name: string;
  labels: Label[];
}

function itemOf(kind: CompiledKind): TemplateItem {
  const fallback: TemplateItem = { bullet: '-', boxed: true, name: '', labels: [] };
  const section = kind.template.sections.find(({ id }) => id === 'milestones' || id === 'dependencies');
  const list = section?.blocks.find((block) => block.type === 'list');
  const item = list?.type === 'list' ? list.items[0] : undefined;
  const head = item === undefined ? null : headOf(item);
  if (item === undefined || head === null) return fallback;
  const { label, rest } = kind.items.cut(head);
  const labels = [rest, ...item.blocks.slice(1).flatMap((block) => [...spansOf([block])])].flatMap((span) =>
    kind.labels.find(span).map(({ id, label: name, value }) => ({
      id,
      name: textOf(name).trim(),
      written: span.rich.text.slice(name.start, value.start).trimEnd(),
    })),
  );
  return {
    bullet: kind.grammar.template[item.start] ?? '-',
    boxed: item.box !== null,
    name: label?.replace(/\s*[:：]\s*$/, '').trim() ?? '',
    labels,
  };
}

const boxes = { open: '[ ]', done: '[x]', inapplicable: '[~]' };

function milestoneLine(item: TemplateItem, values: MilestoneValues): string {
  const byId: Readonly<Record<string, string | null>> = {
    description: values.description,
    'due-date': values.dueDate,
    dri: values.dri,
  };
  const hasDescription = item.labels.some(({ id }) => id === 'description');
  const parts = item.labels.map(({ id, written }) =>
    `${written} ${byId[id] ?? examples[id] ?? ''}`.trimEnd(),
  );
  if (!hasDescription) parts.unshift(values.description ?? (examples['description'] as string));
  const bullet = /^\d$/.test(item.bullet) ? '1.' : item.bullet;
  const label = values.label ?? item.name;
  return [
    bullet,
    ...(item.boxed || values.state !== 'open' ? [boxes[values.state]] : []),
    ...(label === '' ? [] : [`${label}:`]),
    ...parts,
  ].join(' ');
}
