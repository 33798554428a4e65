import { stringify } from 'yaml';
import { z } from 'zod';
import { exampleNow, exampleTitle } from '../../assess/example.ts';
import { kinds } from '../../kinds/index.ts';
import { type DocumentKind, mainKind } from '../../model/document.ts';
import type { FolderReport, KrKeys, RuleReport } from '../../model/rule.ts';
import type { FolderRule, FolderRuleExample } from '../../rules/folder-rule.ts';
import type { Rule, RuleExample, RuleHead } from '../../rules/rule.ts';
import type { SetRule, SetRuleExample } from '../../rules/set-rule.ts';

/** First line of every generated file. */
export const generatedMark =
  '<!-- Written by `kr-hygiene rules docs --write`; change the rule, not this file. -->';

const typeNames: Record<string, string> = {
  boolean: '`true` or `false`',
  null: '`null`',
  string: 'text',
};

interface OptionSchema {
  type?: string;
  enum?: unknown[];
  items?: OptionSchema;
  anyOf?: OptionSchema[];
  minimum?: number;
  default?: unknown;
  description?: string;
}

/** The page of one rule; `reports` is what it says on each of its examples. */
export function rulePage(rule: Rule, reports: readonly (readonly RuleReport[])[]): string {
  const needs = rule.needs.length === 0 ? '' : ` Needs to know ${rule.needs.map(needName).join(' and ')}.`;
  const where = `For ${kinds[rule.kind].nouns.many}: \`rules/${rule.kind}.yml\`. ${severityOf(rule)}${needs}`;
  const title = rule.kind === mainKind ? `, and with the title \`${exampleTitle}\` where none is shown` : '';
  const examples = rule.examples.flatMap((example, index) => examplePart(example, reports[index] ?? []));
  const read = examples.length === 0 ? [] : [`All read on ${exampleNow.slice(0, 10)}${title}.`];
  return page(rule, where, [...read, ...examples]);
}

function severityOf({ defaultSeverity, offAtFirst }: Rule): string {
  return offAtFirst === true
    ? `Off until your files or another preset switch it on; severity \`${defaultSeverity}\` then.`
    : `Severity \`${defaultSeverity}\` unless the file says otherwise.`;
}

/** The page of a rule over all KRs of a quarter. */
export function setRulePage(rule: SetRule): string {
  return page(
    { ...rule, kind: mainKind },
    `For all Key Results of a quarter together: \`rules/kr.yml\`. Severity \`${rule.defaultSeverity}\` unless the file says otherwise. It is told in the report and the job log, not in comments.`,
    rule.examples.flatMap((example) => setExamplePart(rule, example)),
  );
}

/** The page of a rule over a folder; `reports` is what it says on each of its examples. */
export function folderRulePage(rule: FolderRule, reports: readonly (readonly FolderReport[])[]): string {
  const online = rule.online ? ' Only with `--online`: it asks GitLab.' : '';
  return page(
    rule,
    `For all pages of a folder together, \`kr-hygiene lint --kind ${rule.kind} <folder>\`: \`rules/${rule.kind}.yml\`. Severity \`${rule.defaultSeverity}\` unless the file says otherwise.${online}`,
    rule.examples.flatMap((example, index) => folderExamplePart(example, reports[index] ?? [])),
  );
}

function folderExamplePart(example: FolderRuleExample, reports: readonly FolderReport[]): string[] {
  const files = Object.entries(example.pages).flatMap(([path, lines]) => [
    `${code(path)}:`,
    fence('markdown', lines.join('\n')),
  ]);
  const online = Object.entries(example.online ?? {}).map(([item, said]) =>
    said === 'unknown'
      ? `GitLab answers “not found” for ${code(item)}.`
      : `GitLab says that ${code(item)} is ${said.state}, with ${
          said.issues === 'unknown'
            ? 'issues that may not be read'
            : (said.issues ?? []).length === 0
              ? 'no issues'
              : (said.issues ?? [])
                  .map(({ title, state = 'opened' }) => `“${escape(title)}” (${state})`)
                  .join(', ')
        }.`,
  );
  return [
    verdict(escape(example.shows), example.options, reports),
    ...files,
    ...online,
    ...beforePart(example),
    ...listed(reports.map((report) => `${code(report.path)} ${said(report)}`)),
  ];
}

function beforePart({ before }: FolderRuleExample): string[] {
  if (before === undefined) return [];
  const said = Object.entries(before).map(([path, state]) => `${code(path)} said ${code(state)}`);
  return [`Before the merge request ${said.length === 0 ? 'the pages were not there' : said.join(', ')}.`];
}

/** A Markdown table of rules: name with link, what it asks for, severity. */
export function listOfRules(
  rules: readonly { id: string; description: string; defaultSeverity: string; offAtFirst?: boolean }[],
  folder: string,
): string {
  return table(
    ['rule', 'asks that', 'severity'],
    rules.map(({ id, description, defaultSeverity, offAtFirst }) => [
      `[\`${id}\`](${folder}${id}.md)`,
      description,
      offAtFirst === true ? `off (${code(defaultSeverity)})` : code(defaultSeverity),
    ]),
  );
}

function messageTable(messages: Rule['messages']): string {
  return table(
    ['message', 'what is wrong', 'what to do'],
    Object.entries(messages).map(([id, { text, hint, severity }]) => [
      severity === undefined ? code(id) : `${code(id)} (${code(severity)})`,
      escape(text),
      hintText(hint ?? ''),
    ]),
  );
}

/** A rule as its page tells of it; one without messages of its own says each sentence in its check. */
type Told = RuleHead<z.ZodObject> & { kind: DocumentKind; messages?: Rule['messages'] };

function page(rule: Told, where: string, examples: readonly string[]): string {
  const { id, description, why, messages } = rule;
  const blocks = [
    generatedMark,
    `# ${id}`,
    description,
    where,
    why,
    ...(messages === undefined ? [] : ['## What it says', messageTable(messages)]),
    ...optionsPart(rule),
    ...(examples.length === 0 ? [] : ['## Examples', ...examples]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function optionsPart({ id, kind, defaultSeverity: severity, options }: Told): string[] {
  const properties = Object.entries(
    (z.toJSONSchema(options, { io: 'input' }).properties ?? {}) as Record<string, OptionSchema>,
  );
  if (properties.length === 0) return ['## Options', 'None.'];
  const yaml = [
    'rules:',
    `  ${id}:`,
    `    severity: ${severity}`,
    '    options:',
    ...properties.map(([name, schema]) => `      ${name}: ${inline(schema.default)}`),
  ];
  return [
    '## Options',
    table(
      ['option', 'value', 'default', 'meaning'],
      properties.map(([name, schema]) => [
        code(name),
        valueOf(schema),
        code(JSON.stringify(schema.default)),
        schema.description ?? '',
      ]),
    ),
    `In \`rules/${kind}.yml\`, with the defaults:`,
    fence('yaml', yaml.join('\n')),
  ];
}

function valueOf({ type, enum: choices, items, anyOf, minimum }: OptionSchema): string {
  if (anyOf !== undefined) return anyOf.map(valueOf).join(' or ');
  if (choices !== undefined) return `one of ${choices.map((choice) => code(String(choice))).join(', ')}`;
  if (items !== undefined) return `list of ${valueOf(items).replace(/^one of /, '')}`;
  if (type === 'integer') return minimum === undefined ? 'whole number' : `whole number from ${minimum}`;
  return typeNames[type ?? ''] ?? '';
}

function examplePart(example: RuleExample, reports: readonly RuleReport[]): string[] {
  const frontMatter = frontMatterOf(example);
  return [
    verdict(escape(example.shows), example.options, reports),
    ...(frontMatter.length + example.markdown.length === 0
      ? []
      : [fence('markdown', [...frontMatter, ...example.markdown].join('\n'))]),
    ...(example.comments ?? []).flatMap(({ on, author, text }) => [
      `A comment${author === undefined ? '' : ` by ${code(author)}`} of ${on}:`,
      fence('markdown', text.join('\n')),
    ]),
    ...listed(reports.map(said)),
  ];
}

/** What an example shows, and whether that is fine. */
function verdict(
  shows: string,
  options: Record<string, unknown> | undefined,
  reports: readonly unknown[],
): string {
  return `${reports.length === 0 ? 'Fine' : 'Not fine'}: ${shows}${withOptions(options)}.`;
}

function said({ messageId, message, hint }: Pick<RuleReport, 'messageId' | 'message' | 'hint'>): string {
  return `${code(messageId)} ${escape(message)}${hint === null ? '' : ` *${hintText(hint)}*`}`;
}

const listed = (items: readonly string[]): string[] =>
  items.length === 0 ? [] : [items.map((item) => `- ${item}`).join('\n')];

function withOptions(options: Record<string, unknown> | undefined): string {
  if (options === undefined) return '';
  return `, with ${Object.entries(options)
    .map(([name, value]) => code(`${name}: ${inline(value)}`))
    .join(' and ')}`;
}

/** A value as YAML on one line. */
export function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
}

/** What an example says of the issue, in the form that `kr-hygiene lint` reads. */
function frontMatterOf({ title, issue }: RuleExample): string[] {
  const facts = {
    ...(title === undefined ? {} : { title }),
    ...(issue?.dueDate === undefined ? {} : { due_date: issue.dueDate }),
    ...(issue?.assignees === undefined ? {} : { assignees: issue.assignees }),
    ...(issue?.members === undefined ? {} : { members: issue.members }),
  };
  return Object.keys(facts).length === 0 ? [] : ['---', stringify(facts).trimEnd(), '---'];
}

function setExamplePart(rule: SetRule, { shows, keys, options }: SetRuleExample): string[] {
  const reports = [...rule.bind(rule.options.parse(options ?? {}))(keys)];
  const told = keyColumns.filter((name) => isTold(name, keys));
  const rows = keys.map((key) => told.map((name) => escape(String(key[name] ?? ''))));
  return [
    verdict(shows, options, reports),
    table(told, rows),
    ...listed(reports.map(({ message, refs }) => `${escape(message)} (${refs.map(escape).join(', ')})`)),
  ];
}

const keyColumns = ['ref', 'quarter', 'number', 'reference', 'okrUrl', 'people', 'confidential'] as const;

/** Whether a column of an example is worth showing: something is in it, or it tells the KRs apart. */
function isTold(name: (typeof keyColumns)[number], keys: readonly KrKeys[]): boolean {
  if (name === 'quarter') return new Set(keys.map((key) => key.quarter)).size > 1;
  return keys.some((key) => key[name] !== false && String(key[name] ?? '') !== '');
}

function needName(fact: string): string {
  if (fact === 'timeline') return 'the issue’s comments and events';
  return `the issue’s ${fact.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`;
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

function fence(language: string, text: string): string {
  const marks = text.includes('```') ? '````' : '```';
  return `${marks}${language}\n${text}\n${marks}`;
}

/** A text in back-ticks. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A hint: between its back-ticks is what is to be typed, and stays code; the rest is text. */
function hintText(hint: string): string {
  return hint
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : escape(part)))
    .join('');
}

function escape(text: string): string {
  return text.replace(/[\\`*_<>[\]~]/g, '\\$&');
}
