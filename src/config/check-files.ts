import { documentKinds } from '../kinds/index.ts';
import { type DocumentKind, mainKind } from '../model/document.ts';
import type { FolderRule } from '../rules/folder-rule.ts';
import { folderRules, setRules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { type ConfigError, listed, quote } from './config-error.ts';
import type * as customRules from './custom-rules.ts';
import { testFileSchema } from './example-schema.ts';
import { exampleConfigErrors } from './examples.ts';
import type { Gathered } from './gather.ts';
import { unknownIds } from './grammar.ts';
import { languageConfigErrors, languageFileSchema } from './language-schema.ts';
import type { Layer } from './layers.ts';
import { messageConfigErrors } from './message-checks.ts';
import { ourRules } from './our-rules.ts';
import { errorAt, placeOf } from './places.ts';
import { ruleLayers } from './rule-entries.ts';
import { kindFileSchema } from './rule-schema.ts';
import { mergedPolicy } from './settings.ts';
import { policyFileSchema } from './settings-schema.ts';
import { vocabularySchema } from './vocabulary-schema.ts';
import { wordsSchema } from './words-schema.ts';
import type { YamlFile } from './yaml-file.ts';
import { mergedConfigErrors, schemaConfigErrors } from './zod-errors.ts';
import { valueAt } from './zod-words.ts';

/** Rules over one text or one folder of texts: each belongs to the file of its kind. */
const textRules: readonly (Rule | FolderRule)[] = [...ourRules, ...folderRules];

/** A file that is part of two layers is checked once. */
function layersOnce(layers: readonly Layer[]): Layer[] {
  return layers.filter(
    (layer, index) => layers.findIndex((other) => other.file.path === layer.file.path) === index,
  );
}

/** What custom rules need: a language of its own, which is loaded where some folder has such rules. */
export type CustomRules = typeof customRules;

/**
 * What is wrong in each file by itself.
 * @param custom null where no file has a custom rule
 */
export function fileConfigErrors(gathered: Gathered, custom: CustomRules | null): ConfigError[] {
  return [
    ...layersOnce(gathered.policy).flatMap(({ file }) => schemaConfigErrors(file, policyFileSchema)),
    ...documentKinds.flatMap((kind) => kindConfigErrors(gathered.kinds[kind], kind, custom)),
    ...gathered.vocabulary.flatMap(({ file }) => schemaConfigErrors(file, vocabularySchema)),
    ...unknownIds(gathered.vocabulary),
    ...gathered.language.flatMap(({ file }) => schemaConfigErrors(file, languageFileSchema)),
    ...languageConfigErrors(gathered.language),
    ...wordsConfigErrors(gathered),
    ...gathered.tests.flatMap(({ layer }) => schemaConfigErrors(layer.file, testFileSchema)),
    ...exampleConfigErrors(gathered),
  ];
}

/** Files of words by themselves, and the languages that the policy names. */
function wordsConfigErrors({ words, policy, vocabulary }: Gathered): ConfigError[] {
  const layers = [...words.values()].flat();
  const codes = [...words.keys()];
  const named = policy.flatMap(({ file }) => {
    const list = valueAt(file.value, ['languages']);
    if (!Array.isArray(list)) return [];
    return list.flatMap((code: unknown, index) => {
      if (typeof code !== 'string' || codes.includes(code)) return [];
      const message = `There are no words for the language ${quote(code)}.`;
      const advice = `Write words/${code}.yml. Known: ${listed(codes, 'and', 30)}.`;
      return [errorAt(file, ['languages', index], { code: 'unknown-language', message, advice })];
    });
  });
  return [
    ...layersOnce(layers).flatMap(({ file }) => schemaConfigErrors(file, wordsSchema)),
    ...unknownIds([...vocabulary.slice(0, 1), ...layers], ['columns']),
    ...named,
  ];
}

function kindConfigErrors(
  layers: readonly Layer[],
  kind: DocumentKind,
  custom: CustomRules | null,
): ConfigError[] {
  const taken = [...textRules, ...setRules].map((rule) => rule.id);
  const once = layersOnce(layers);
  const inFiles = once.flatMap(({ file }) => {
    const ofKind = textRules.filter((rule) => rule.kind === kind);
    const texts = ofKind.flatMap((rule) =>
      namesOf(rule).flatMap((name) =>
        Object.entries(rule.messages).flatMap(([id, original]) => {
          const path = ['rules', name, 'messages', id];
          const text = valueAt(file.value, path);
          return typeof text === 'string' ? messageConfigErrors(file, path, text, original) : [];
        }),
      ),
    );
    return [
      // Making this schema costs more than a file of ours, which needs none.
      ...(file.sound === true ? [] : schemaConfigErrors(file, kindFileSchema(kind))),
      ...elsewhere(file.value, kind).map((move) => errorAt(file, move.path, move, 'key')),
      ...texts,
      ...namedTwice(file, ofKind),
    ];
  });
  return [...inFiles, ...(custom?.customConfigErrors(once, kind, taken) ?? [])];
}

/** What a rule may be called in a rule file. */
function namesOf(rule: Pick<Rule, 'id' | 'family'> | FolderRule): string[] {
  const family = 'family' in rule ? rule.family : undefined;
  return family === undefined || family === rule.id ? [rule.id] : [rule.id, family];
}

/** One rule under two names in one file: it could not be said which of them counts. */
function namedTwice(file: YamlFile, rules: readonly (Rule | FolderRule)[]): ConfigError[] {
  return rules.flatMap((rule) => {
    const [id = '', family = ''] = namesOf(rule).filter(
      (name) => valueAt(file.value, ['rules', name]) !== undefined,
    );
    if (family === '') return [];
    const message = `${quote(family)} and ${quote(id)} are one rule.`;
    return [
      errorAt(file, ['rules', family], { code: 'same-rule', message, advice: 'Keep one of the two.' }, 'key'),
    ];
  });
}

/** A rule that exists, but belongs into another file. */
function elsewhere(value: unknown, kind: DocumentKind) {
  const here = new Set(textRules.filter((rule) => rule.kind === kind).flatMap(namesOf));
  return textRules
    .filter(({ id }) => !here.has(id) && valueAt(value, ['rules', id]) !== undefined)
    .map((rule) => ({
      path: ['rules', rule.id],
      code: 'unknown-rule',
      message: `The rule ${quote(rule.id)} is about documents of another kind.`,
      advice: `Move it to ${rule.kind}.yml.`,
    }));
}

/** One error a place and code: a more telling one, found later, replaces the general one. */
export function unique(errors: readonly ConfigError[]): ConfigError[] {
  const byPlace = new Map<string, ConfigError>();
  for (const configError of errors) {
    byPlace.set(
      `${configError.file}:${configError.line}:${configError.column}:${configError.code}`,
      configError,
    );
  }
  return [...byPlace.values()];
}

/** Values that fit each by itself, but not with what other layers say. */
export function sumConfigErrors(gathered: Gathered): ConfigError[] {
  const top = gathered.policy.at(-1);
  const ofPolicy = top ? mergedConfigErrors(top.file, policyFileSchema, mergedPolicy(gathered.policy)) : [];
  const ofRules = [...textRules, ...setRules].flatMap((rule) => {
    const kind = 'kind' in rule ? rule.kind : mainKind;
    const said = ruleLayers(gathered.kinds[kind], kind).get(rule.id);
    if (said === undefined) return [];
    const wrong = mergedConfigErrors(said.layer.file, rule.options, said.value['options'] ?? {});
    return wrong.map((configError) => ({
      ...configError,
      ...placeAsConfigError(said.layer.file, said.path),
    }));
  });
  return [...ofPolicy, ...ofRules];
}

function placeAsConfigError(file: Layer['file'], path: readonly PropertyKey[]) {
  const { line, column, length } = placeOf(file, path, 'key');
  return { line, column, length };
}
