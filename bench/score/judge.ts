import path from 'node:path';
import { createReader } from '../../src/parse/reader.ts';
import { readGrammar } from '../helpers/grammar.ts';
import { readTexts } from '../helpers/texts.ts';
import { compareDocument } from './compare.ts';
import type { TextResult } from './tally.ts';

/** Reads every text of a folder with the project's own grammar and compares. */
export function judge(folder: string): TextResult[] {
  const reader = createReader(readGrammar(), { startMonth: 2, namedAfter: 'end' });
  return readTexts(folder).map(({ file, kind, title, now, level, expected, text }) => {
    const document = reader.read(kind, text, { title: title ?? '', now });
    return { file: path.basename(file, '.json'), kind, level, leaves: compareDocument(expected, document) };
  });
}
