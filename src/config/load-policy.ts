import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { linkOn } from '../files/paths.ts';
import { documentKinds } from '../kinds/index.ts';
import { type DocumentKind, mainKind } from '../model/document.ts';
import type { ActiveFolderRule, ActiveRule, ActiveSetRule, Policy } from '../model/rule.ts';
import type { FolderRule } from '../rules/folder-rule.ts';
import { folderRules, setRules } from '../rules/index.ts';
import type { Rule, RuleTexts } from '../rules/rule.ts';
import type { SetRule } from '../rules/set-rule.ts';
import { type CustomRules, fileConfigErrors, sumConfigErrors, unique } from './check-files.ts';
import { compileExemptions } from './conditions.ts';
import {
  type ConfigError,
  type Failure,
  fileError,
  inReadingOrder,
  quote,
  type Sources,
} from './config-error.ts';
import { type PlacedExample, placedExamples } from './examples.ts';
import { type Gathered, gather } from './gather.ts';
import { type NamedLanguage, toGrammar } from './grammar.ts';
import { type Language, toLanguage } from './language-schema.ts';
import { isMap, mergeAll } from './merge.ts';
import { ourRules } from './our-rules.ts';
import { entriesOf, type RuleEntry, ruleLayers, toEntry } from './rule-entries.ts';
import { closedKrs, compileUnselected, okrSubjects, serverFilter } from './selection.ts';
import { mergedPolicy, toSettings } from './settings.ts';
import { type PolicyFile, policyFileSchema } from './settings-schema.ts';
import type { TemplateFile } from './templates.ts';
import { type VocabularyFile, vocabularySchema } from './vocabulary-schema.ts';
import { wordsSchema } from './words-schema.ts';

export interface LoadOptions {
  /** ISO 8601 instant; lets the server filter by age too. */
  now?: string;
}

export interface LoadSuccess {
  ok: true;
  policy: Policy;
  /** Every rule, on or off, and what the files say about it. */
  entries: RuleEntry[];
  /** `policy.yml` and `vocabulary.yml` with all layers put together. */
  policyFile: PolicyFile;
  vocabulary: VocabularyFile;
  /** Of the folder's own files, not of what they extend. */
  examples: PlacedExample[];
  /** Names of the files read, lowest layer first. */
  files: string[];
  sources: Sources;
  /** The template of each kind, by the name a person would give it. */
  templates: Record<DocumentKind, TemplateFile>;
  /** Errors that do not keep the policy from loading. */
  warnings: ConfigError[];
}

export type LoadResult = LoadSuccess | Failure;

/**
 * Reads a folder of rule files, with the presets and files they extend. Never throws over what the files hold.
 * @param dir the folder that holds `policy.yml`
 * @returns the policy, or every error in every file at once
 */
export async function loadPolicy(dir: string, { now }: LoadOptions = {}): Promise<LoadResult> {
  const problem = await folderProblem(dir);
  if (problem !== null) return { ok: false, errors: [problem], sources: new Map() };
  const gathered = await gather(dir);
  const custom = hasCustomRules(gathered) ? await import('./custom-rules.ts') : null;
  const errors = [...gathered.reading.errors, ...fileConfigErrors(gathered, custom)];
  const { sources } = gathered.reading;
  const isError = (configError: ConfigError) => configError.level === 'error';
  // What layers make together is looked at once each of them is right by itself.
  if (!errors.some(isError)) errors.push(...sumConfigErrors(gathered));
  const sorted = inReadingOrder(unique(errors), sources);
  if (sorted.some(isError)) return { ok: false, errors: sorted, sources };
  return { ok: true, sources, ...compile(gathered, custom, sorted, now) };
}

function hasCustomRules({ kinds }: Gathered): boolean {
  return Object.values(kinds)
    .flat()
    .some(({ file }) => isMap(file.value) && isMap(file.value['custom']));
}

async function folderProblem(dir: string): Promise<ConfigError | null> {
  const facts = await stat(dir).catch(() => null);
  const link = facts === null ? null : await linkOn(dir);
  const refuse = (message: string, advice: string) => fileError(dir, { code: 'no-folder', message, advice });
  if (link !== null)
    return refuse(
      `${quote(path.relative('', link))} is a link, and links are not followed.`,
      'Name the folder that it leads to.',
    );
  if (facts?.isDirectory()) return null;
  return facts
    ? refuse(
        `${quote(dir)} is a file; a folder with rule files is wanted.`,
        'Name the folder that holds policy.yml.',
      )
    : refuse(
        `There is no folder ${quote(dir)}.`,
        'Write one with `kr-hygiene init`, or name another with `--rules`.',
      );
}

function compile(
  gathered: Gathered,
  customRules: CustomRules | null,
  warnings: ConfigError[],
  now: string | undefined,
): Omit<LoadSuccess, 'ok' | 'sources'> {
  const file = policyFileSchema.parse(mergedPolicy(gathered.policy));
  const words = vocabularySchema.parse(mergeAll(gathered.vocabulary.map((layer) => layer.file.value ?? {})));
  const language = toLanguage(gathered.language);
  const settings = toSettings(file, {
    grammar: toGrammar(words, gathered.templates, languagesOf(gathered, file)),
    holidays: gathered.holidays,
    phrases: language.phrases,
  });
  const said = Object.fromEntries(
    documentKinds.map((kind) => [kind, ruleLayers(gathered.kinds[kind], kind)]),
  );
  const withEntry = <R extends Rule | SetRule | FolderRule>(rule: R) => {
    const kind = 'kind' in rule ? rule.kind : mainKind;
    return { rule, entry: toEntry(rule, said[kind]?.get(rule.id)) };
  };
  const ruleEntries = ourRules.map(withEntry);
  const setEntries = setRules.map(withEntry);
  const folderEntries = folderRules.map(withEntry);
  const custom = documentKinds.flatMap(
    (kind) => customRules?.compileCustomRules(entriesOf(gathered.kinds[kind], 'custom'), kind) ?? [],
  );
  const customActive = custom.flatMap(({ active }) => (active === null ? [] : [active]));
  const policy: Policy = {
    hash: hashOf(gathered),
    settings,
    rules: [
      ...ruleEntries.flatMap(({ rule, entry }) =>
        toActiveRule(rule, entry, { docsUrl: settings.comment.docsUrl, language }),
      ),
      ...customActive,
    ],
    setRules: setEntries.flatMap(({ rule, entry }) => toActiveSetRule(rule, entry)),
    folderRules: folderEntries.flatMap(({ rule, entry }) =>
      toActiveFolderRule(rule, entry, settings.comment.docsUrl),
    ),
    ruleFamilies: familiesOf([...ourRules, ...setRules, ...customActive]),
    filter: serverFilter(settings.select, now),
    unselected: compileUnselected(settings.select),
    okrs: okrSubjects(settings),
    closedKrs: closedKrs(settings),
    warnings: warnings.map(
      ({ file: name, line, column, message, advice }) =>
        `${name}:${line}:${column}: ${[message, advice].filter(Boolean).join(' ')}`,
    ),
  };
  return {
    policy,
    entries: [...ruleEntries, ...setEntries, ...folderEntries, ...custom].map(({ entry }) => entry),
    policyFile: file,
    vocabulary: words,
    examples: placedExamples(gathered),
    files: [...gathered.reading.sources.keys()],
    templates: gathered.templates,
    warnings,
  };
}

const familiesOf = (rules: readonly Pick<Rule, 'id' | 'family'>[]): ReadonlyMap<string, string> =>
  new Map(rules.flatMap(({ id, family = id }) => [[id, family] as const, [family, family] as const]));

/** Over the texts alone, in the order of the layers: where the folder lies does not matter. */
function hashOf({ reading, templates }: Gathered): string {
  const hash = createHash('sha256');
  for (const text of [...reading.sources.values(), ...Object.values(templates).map(({ text }) => text)])
    hash.update(`${text.length}:`).update(text);
  return hash.digest('hex').slice(0, 16);
}

/** The languages that the policy names, in its order; by default all there are, English first. */
function languagesOf({ words }: Gathered, { languages: named }: PolicyFile): NamedLanguage[] {
  const codes = named ?? [...words.keys()].toSorted((a, b) => Number(b === 'en') - Number(a === 'en'));
  return codes.flatMap((code) => {
    const layers = words.get(code);
    if (layers === undefined) return [];
    return [{ code, file: wordsSchema.parse(mergeAll(layers.map((layer) => layer.file.value ?? {}))) }];
  });
}

function toActiveRule(
  rule: Rule,
  entry: RuleEntry,
  { docsUrl, language }: { docsUrl: string | null; language: Language },
): ActiveRule[] {
  if (entry.severity === 'off') return [];
  return [
    {
      id: rule.id,
      kind: rule.kind,
      severity: entry.severity,
      needs: rule.needs,
      url: urlOf(entry, docsUrl),
      ...(rule.aboutClosed === true ? { aboutClosed: true } : {}),
      options: entry.options,
      decidedAt: entry.decidedAt,
      fields: rule.fields,
      exempt: compileExemptions(entry),
      check: rule.bind(entry.options, {
        messages: textsOf(rule, entry, language),
        localise: language.localise,
      }),
    },
  ];
}

/** What the rule's own entry says wins over the language. */
function textsOf(
  { id, family = id }: Rule,
  { messages }: RuleEntry,
  language: Language,
): Required<RuleTexts>['messages'] {
  const translated = { ...language.rules[family], ...language.rules[id] };
  const own = Object.entries(messages).map(([message, text]) => [message, { ...translated[message], text }]);
  return { ...translated, ...Object.fromEntries(own) };
}

function toActiveSetRule(rule: SetRule, entry: RuleEntry): ActiveSetRule[] {
  if (entry.severity === 'off') return [];
  const { severity, options, decidedAt } = entry;
  return [{ id: rule.id, severity, options, decidedAt, check: rule.bind(options) }];
}

function toActiveFolderRule(rule: FolderRule, entry: RuleEntry, docsUrl: string | null): ActiveFolderRule[] {
  if (entry.severity === 'off') return [];
  const { severity, options, decidedAt, messages } = entry;
  const { id, kind, online } = rule;
  const url = urlOf(entry, docsUrl);
  return [{ id, kind, severity, url, options, decidedAt, online, check: rule.bind(options, messages) }];
}

const urlOf = ({ id, url }: RuleEntry, docsUrl: string | null): string | null =>
  url ?? docsUrl?.replaceAll('{rule}', id) ?? null;
