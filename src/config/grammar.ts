import { documentKinds } from '../kinds/index.ts';
import type { DocumentKind } from '../model/document.ts';
import type { Grammar, KindGrammar, Language } from '../model/policy.ts';
import { type ConfigError, listed, quote } from './config-error.ts';
import type { Layer } from './layers.ts';
import { isMap } from './merge.ts';
import { errorAt } from './places.ts';
import { nearest } from './suggest.ts';
import type { TemplateFile } from './templates.ts';
import type { VocabularyFile } from './vocabulary-schema.ts';
import type { WordsFile } from './words-schema.ts';

/** What the reader needs of every kind: template and vocabulary. */
export function toGrammar(
  words: VocabularyFile,
  templates: Record<DocumentKind, TemplateFile>,
  languages: readonly NamedLanguage[],
): Grammar {
  const grammar = {} as Record<DocumentKind, KindGrammar>;
  for (const kind of documentKinds) {
    grammar[kind] = {
      template: templates[kind].text,
      vocabulary: {
        sections: words.kinds[kind].sections,
        fields: words.kinds[kind].fields,
        statuses: words.statuses,
        states: words.states,
        placeholders: words.placeholders,
        archived: words.archived,
        leftovers: words.leftovers,
        months: words.months,
      },
      languages: languages.map(({ code, file }) => toLanguage(code, file, kind)),
      okrLinks: { records: words['okr-links'].records, notRecords: words['okr-links']['not-records'] },
    };
  }
  return grammar;
}

/** A language file with all its layers, and the code that names it. */
export interface NamedLanguage {
  code: string;
  file: WordsFile;
}

function toLanguage(code: string, file: WordsFile, kind: DocumentKind): Language {
  const { placeholders, archived, statuses, states, words, dates, titles } = file;
  return { code, ...file.kinds[kind], placeholders, archived, statuses, states, words, dates, titles };
}

/**
 * Section and field ids that the lowest layer (ours) does not know: nothing would ever look for them.
 * @param groups further groups that take the ids of `fields`
 */
export function unknownIds(layers: readonly Layer[], groups: readonly string[] = []): ConfigError[] {
  const known = idsOf(layers[0]?.file.value);
  for (const [group, ids] of Array.from(known)) {
    for (const name of groups) known.set(group.replace(/fields$/, name), ids);
  }
  return layers.slice(1).flatMap(({ file }) =>
    [...idsOf(file.value)].flatMap(([group, ids]) => {
      const allowed = [...(known.get(group) ?? [])];
      return [...ids]
        .filter((id) => !allowed.includes(id))
        .map((id) => {
          const near = nearest(id, allowed);
          const path = ['kinds', ...group.split('/'), id];
          const list =
            allowed.length === 0 ? 'There are none here.' : `Known: ${listed(allowed, 'and', 30)}.`;
          const advice = near === null ? list : `Did you mean \`${near}\`? ${list}`;
          const message = `No ${group.endsWith('sections') ? 'section' : 'field'} goes by the id ${quote(id)}.`;
          return errorAt(file, path, { code: 'unknown-key', message, advice }, 'key');
        });
    }),
  );
}

function idsOf(value: unknown): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  const kinds = isMap(value) && isMap(value['kinds']) ? value['kinds'] : {};
  for (const [kind, groups] of Object.entries(kinds)) {
    for (const [group, names] of Object.entries(isMap(groups) ? groups : {})) {
      ids.set(`${kind}/${group}`, new Set(isMap(names) ? Object.keys(names) : []));
    }
  }
  return ids;
}
