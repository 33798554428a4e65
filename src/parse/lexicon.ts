import type { KindGrammar, Language } from '../model/policy.ts';

/** All words that reading a kind knows: the team's own first, then those of every language. */
export interface Lexicon {
  sections: Words;
  fields: Words;
  /** `fields`, and the names that mean them at the head of a column only. */
  columns: Words;
  statuses: Words;
  states: Words;
  placeholders: string[];
  archived: string[];
  months: Words;
  /** The words around a value, by what they say of it. */
  around: Words;
  /** The small words inside a date, language by language: a word of two languages means what the first says. */
  dates: readonly Words[];
  /** The same of all languages together. */
  dateWords: Words;
  /** Codes of the languages, for months and weekdays. */
  locales: string[];
}

export type Words = Readonly<Record<string, readonly string[]>>;

export function lexiconOf({ vocabulary, languages = [] }: KindGrammar): Lexicon {
  const all = (own: Words, of: (language: Language) => Words): Words => together([own, ...languages.map(of)]);
  const fields = all(vocabulary.fields, (language) => language.fields);
  return {
    sections: all(vocabulary.sections, (language) => language.sections),
    fields,
    columns: together([fields, ...languages.map((language) => language.columns)]),
    statuses: all(vocabulary.statuses, (language) => language.statuses),
    states: all(vocabulary.states, (language) => language.states),
    placeholders: [...vocabulary.placeholders, ...languages.flatMap((language) => language.placeholders)],
    archived: [...vocabulary.archived, ...languages.flatMap((language) => language.archived)],
    months: vocabulary.months ?? {},
    around: together(languages.map((language) => language.words)),
    dates: languages.map((language) => language.dates),
    dateWords: together(languages.map((language) => language.dates)),
    locales: ['en', ...languages.map(({ code }) => code).filter((code) => code !== 'en')],
  };
}

function together(lists: readonly Words[]): Words {
  const result: Record<string, string[]> = {};
  for (const words of lists) {
    for (const [id, names] of Object.entries(words)) (result[id] ??= []).push(...names);
  }
  return result;
}
