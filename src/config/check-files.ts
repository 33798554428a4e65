import { type DocumentKind, documentKinds } from '../model/document.ts';
import type { Rule } from '../rules/rule.ts';
import type { SetRule } from '../rules/set-rule.ts';
import { customMistakes } from './custom-rules.ts';
import { testFileSchema } from './example-schema.ts';
import { exampleMistakes } from './examples.ts';
import type { Gathered } from './gather.ts';
import { unknownIds } from './grammar.ts';
import type { Layer } from './layers.ts';
import { messageMistakes } from './message-checks.ts';
import { type Mistake, quote } from './mistake.ts';
import { mistakeAt, placeOf } from './places.ts';
import { sayings } from './rule-entries.ts';
import { kindFileSchema } from './rule-schema.ts';
import { mergedPolicy } from './settings.ts';
import { policyFileSchema } from './settings-schema.ts';
import { vocabularySchema } from './vocabulary-schema.ts';
import { mergedMistakes, schemaMistakes } from './zod-mistakes.ts';
import { valueAt } from './zod-words.ts';

/** A file that is part of two layers is checked once. */
function layersOnce(layers: readonly Layer[]): Layer[] {
  return layers.filter(
    (layer, index) => layers.findIndex((other) => other.file.path === layer.file.path) === index,
  );
}

/** What is wrong in each file by itself. */
export function fileMistakes(
  gathered: Gathered,
  rules: readonly Rule[],
  setRules: readonly SetRule[],
): Mistake[] {
  return [
    ...layersOnce(gathered.policy).flatMap(({ file }) => schemaMistakes(file, policyFileSchema)),
    ...documentKinds.flatMap((kind) => kindMistakes(gathered.kinds[kind], kind, rules, setRules)),
    ...gathered.vocabulary.flatMap(({ file }) => schemaMistakes(file, vocabularySchema)),
    ...unknownIds(gathered.vocabulary),
    ...gathered.tests.flatMap(({ layer }) => schemaMistakes(layer.file, testFileSchema)),
    ...exampleMistakes(gathered, rules),
  ];
}

function kindMistakes(
  layers: readonly Layer[],
  kind: DocumentKind,
  rules: readonly Rule[],
  setRules: readonly SetRule[],
): Mistake[] {
  const schema = kindFileSchema(kind, rules, setRules);
  const taken = [...rules, ...setRules].map((rule) => rule.id);
  const once = layersOnce(layers);
  const inFiles = once.flatMap(({ file }) => {
    const texts = rules.flatMap((rule) =>
      Object.entries(rule.messages).flatMap(([id, original]) => {
        const path = ['rules', rule.id, 'messages', id];
        const text = rule.kind === kind ? valueAt(file.value, path) : undefined;
        return typeof text === 'string' ? messageMistakes(file, path, text, original) : [];
      }),
    );
    return [
      ...schemaMistakes(file, schema),
      ...elsewhere(file.value, kind, rules).map((move) => mistakeAt(file, move.path, move, 'key')),
      ...texts,
    ];
  });
  return [...inFiles, ...customMistakes(once, kind, taken)];
}

/** A rule that exists, but belongs into another file. */
function elsewhere(value: unknown, kind: DocumentKind, rules: readonly Rule[]) {
  return rules
    .filter((rule) => rule.kind !== kind && valueAt(value, ['rules', rule.id]) !== undefined)
    .map((rule) => ({
      path: ['rules', rule.id],
      code: 'unknown-rule',
      message: `The rule ${quote(rule.id)} is about documents of another kind.`,
      advice: `Move it to ${rule.kind}.yml.`,
    }));
}

/** One mistake a place and code: a more telling one, found later, replaces the general one. */
export function unique(mistakes: readonly Mistake[]): Mistake[] {
  const byPlace = new Map<string, Mistake>();
  for (const mistake of mistakes) {
    byPlace.set(`${mistake.file}:${mistake.line}:${mistake.column}:${mistake.code}`, mistake);
  }
  return [...byPlace.values()];
}

/** Values that fit each by itself, but not with what other layers say. */
export function sumMistakes(
  gathered: Gathered,
  rules: readonly Rule[],
  setRules: readonly SetRule[],
): Mistake[] {
  const top = gathered.policy.at(-1);
  const ofPolicy = top ? mergedMistakes(top.file, policyFileSchema, mergedPolicy(gathered.policy)) : [];
  const ofRules = [...rules, ...setRules].flatMap((rule) => {
    const kind = 'kind' in rule ? rule.kind : 'kr';
    const said = sayings(gathered.kinds[kind], 'rules').get(rule.id);
    if (said === undefined) return [];
    const wrong = mergedMistakes(said.layer.file, rule.options, said.value['options'] ?? {});
    return wrong.map((mistake) => ({ ...mistake, ...placeAsMistake(said.layer.file, said.path) }));
  });
  return [...ofPolicy, ...ofRules];
}

function placeAsMistake(file: Layer['file'], path: readonly PropertyKey[]) {
  const { line, column, length } = placeOf(file, path, 'key');
  return { line, column, length };
}
