import { documentKinds } from '../kinds/index.ts';
import type { DocumentKind } from '../model/document.ts';
import { type ConfigError, quote } from './config-error.ts';
import { exampleSchema, type RuleExample } from './example-schema.ts';
import type { Gathered } from './gather.ts';
import { isMap } from './merge.ts';
import { ourRules } from './our-rules.ts';
import { errorAt, placeOf } from './places.ts';
import { nearest } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

/** An example and where it is. */
export interface PlacedExample {
  kind: DocumentKind;
  example: RuleExample;
  file: string;
  line: number;
}

/** Every example of the folder's own files; their schema has been checked. */
export function placedExamples(gathered: Gathered): PlacedExample[] {
  return ownFiles(gathered).flatMap(({ kind, file }) =>
    examplesIn(file).map((value, index) => ({
      kind,
      example: exampleSchema.parse(value),
      file: file.name,
      line: placeOf(file, ['examples', index]).line,
    })),
  );
}

function ownFiles({ kinds, tests, folder }: Gathered): { kind: DocumentKind; file: YamlFile }[] {
  const own = documentKinds.flatMap((kind) =>
    kinds[kind].filter((layer) => layer.folder.root === folder.root).map(({ file }) => ({ kind, file })),
  );
  return [...own, ...tests.map(({ kind, layer }) => ({ kind, file: layer.file }))];
}

function examplesIn(file: YamlFile): unknown[] {
  return isMap(file.value) && Array.isArray(file.value['examples']) ? file.value['examples'] : [];
}

/** Names of rules in examples that no rule has: such an example would pass or fail for no reason. */
export function exampleConfigErrors(gathered: Gathered): ConfigError[] {
  return ownFiles(gathered).flatMap(({ kind, file }) => {
    const custom = gathered.kinds[kind].flatMap(({ file: layer }) =>
      isMap(layer.value) && isMap(layer.value['custom']) ? Object.keys(layer.value['custom']) : [],
    );
    const known = [...ourRules.filter((rule) => rule.kind === kind).map((rule) => rule.id), ...custom];
    return examplesIn(file).flatMap((value, index) =>
      namesIn(value).flatMap(({ name, path }) => {
        if (known.includes(name)) return [];
        const near = nearest(name, known);
        const message = `No rule for this kind of document is called ${quote(name)}.`;
        const advice = near === null ? null : `Did you mean \`${near}\`?`;
        return [errorAt(file, ['examples', index, ...path], { code: 'unknown-rule', message, advice })];
      }),
    );
  });
}

function namesIn(example: unknown): { name: string; path: PropertyKey[] }[] {
  if (!isMap(example)) return [];
  return (['rules', 'findings'] as const).flatMap((key) => {
    const items = example[key];
    if (!Array.isArray(items)) return [];
    return items.flatMap((item: unknown, index) => {
      if (typeof item === 'string') return [{ name: item, path: [key, index] }];
      return isMap(item) && typeof item['rule'] === 'string'
        ? [{ name: item['rule'], path: [key, index, 'rule'] }]
        : [];
    });
  });
}
