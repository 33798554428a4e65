/** Reads texts as the program does, run from source or bundled; tests bundle it to see that both read alike. */
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import type { DocumentKind } from '../../src/model/document.ts';
import { createReader } from '../../src/parse/reader.ts';

export interface TextToRead {
  kind: DocumentKind;
  text: string;
  title: string;
  /** ISO 8601 instant */
  now: string;
}

/** The readings, each as JSON. */
export async function readAll(texts: readonly TextToRead[]): Promise<string[]> {
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok) throw new Error('the built-in rules do not load');
  const { grammar, calendar } = loaded.policy.settings;
  const reader = createReader(grammar, calendar);
  return texts.map(({ kind, text, title, now }) =>
    JSON.stringify(reader.read(kind, text, { title, now, confidential: false })),
  );
}
