import path from 'node:path';
import { builtInRulesDir } from '../../src/config/built-in.ts';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createReader } from '../../src/parse/reader.ts';
import { readTexts } from '../helpers/texts.ts';
import { compareDocument } from './compare.ts';
import type { TextResult } from './tally.ts';

/** Reads every text of a folder with the built-in rules and compares. Throws when the rules do not load. */
export async function judge(folder: string): Promise<TextResult[]> {
  const loaded = await loadPolicy(builtInRulesDir);
  if (!loaded.ok) throw new Error('the built-in rules do not load');
  const { grammar, calendar } = loaded.policy.settings;
  const reader = createReader(grammar, calendar);
  return readTexts(folder).map(({ file, kind, title, now, level, expected, text }) => {
    const document = reader.read(kind, text, { title: title ?? '', now });
    return { file: path.basename(file, '.json'), kind, level, leaves: compareDocument(expected, document) };
  });
}
