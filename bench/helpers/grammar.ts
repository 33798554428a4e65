import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { type DocumentKind, documentKinds } from '../../src/model/document.ts';
import type { Grammar, KindGrammar } from '../../src/model/policy.ts';

interface VocabularyFile {
  placeholders?: string[];
  archived?: string[];
  statuses?: Record<string, string[]>;
  states?: Record<string, string[]>;
  'okr-links'?: { records?: string[]; 'not-records'?: string[] };
  kinds?: Record<
    string,
    { sections?: Record<string, string[]>; fields?: Record<string, string[]> } | undefined
  >;
}

/** The grammar of the rule files in `folder` (the project's own by default), unchecked: for benches and tests. */
export function readGrammar(folder = path.resolve(import.meta.dirname, '../../rules')): Grammar {
  const file = parse(readFileSync(path.join(folder, 'vocabulary.yml'), 'utf8')) as VocabularyFile;
  const kindGrammar = (kind: DocumentKind): KindGrammar => ({
    template: readFileSync(path.join(folder, 'templates', `${kind}.md`), 'utf8'),
    vocabulary: {
      sections: file.kinds?.[kind]?.sections ?? {},
      fields: file.kinds?.[kind]?.fields ?? {},
      statuses: file.statuses ?? {},
      states: file.states ?? {},
      placeholders: (file.placeholders ?? []).map(String),
      archived: file.archived ?? [],
    },
    okrLinks: {
      records: file['okr-links']?.records ?? [],
      notRecords: file['okr-links']?.['not-records'] ?? [],
    },
  });
  return Object.fromEntries(documentKinds.map((kind) => [kind, kindGrammar(kind)])) as Grammar;
}
