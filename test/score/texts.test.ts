import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ownFolder, readTexts } from '../../bench/helpers/texts.ts';
import { plain } from '../../bench/score/compare.ts';
import { documentKinds } from '../../src/kinds/index.ts';

const texts = readTexts(ownFolder);
const catalogue = path.join(ownFolder, 'CATALOGUE.md');

describe('the texts that judge the reader', () => {
  test('are many, of every kind, and a good part follows the template', () => {
    expect(texts.length).toBeGreaterThanOrEqual(150);
    for (const kind of documentKinds) {
      expect(texts.filter((text) => text.kind === kind).length).toBeGreaterThanOrEqual(8);
    }
    expect(texts.filter((text) => text.level === 'template').length).toBeGreaterThan(texts.length * 0.1);
  });

  test('are all different', () => {
    expect(new Set(texts.map(({ text }) => text)).size).toBe(texts.length);
  });

  test.each(texts.map((text) => [path.basename(text.file, '.json'), text] as const))(
    '%s: the words an expectation wants are in the text',
    (_, { text, title, expected }) => {
      const visible = `${title ?? ''} ${text}`.replaceAll(/<!--[\s\S]*?-->/g, '');
      const forms = [plain(visible), plain(visible.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'))];
      for (const word of wantedWords(expected)) {
        expect({ word, there: forms.some((form) => form.includes(plain(word))) }).toEqual({
          word,
          there: true,
        });
      }
    },
  );

  test('show every form of the catalogue at least twice, and no other', () => {
    const forms = [...readFileSync(catalogue, 'utf8').matchAll(/\*\*([A-Z]\d+)\*\*/g)].map(
      (match) => match[1],
    );
    const known = new Set(forms);
    expect(texts.flatMap(({ variations }) => variations).filter((code) => !known.has(code))).toEqual([]);
    const rare = forms.filter(
      (form) => texts.filter((text) => text.variations.includes(form ?? '')).length < 2,
    );
    expect(rare).toEqual([]);
  });
});

function wantedWords(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wantedWords);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(
    ([key, inner]) => (key === 'contains' ? inner : wantedWords(inner)) as string[],
  );
}
