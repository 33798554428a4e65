import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { renderMistakes } from '../../src/config/render-mistakes.ts';
import { brokenFiles } from './broken-files.ts';
import { loadFrom } from './helpers.ts';

describe('broken rule files', () => {
  test('there are at least eighty of them', () => {
    expect(brokenFiles.length).toBeGreaterThanOrEqual(80);
    const names = brokenFiles.map((broken) => broken.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(brokenFiles)('$name', async ({ files, mistakes }) => {
    const loaded = await loadFrom(files);
    const found = loaded.ok ? loaded.warnings : loaded.mistakes;
    expect(
      found.map((each) => `${path.basename(each.file)}:${each.line}:${each.column} ${each.code}`),
    ).toEqual(mistakes.map(([place, code]) => `${place} ${code}`));
    for (const [index, [, , words]] of mistakes.entries()) {
      expect(`${found[index]?.message} ${found[index]?.advice ?? ''}`).toContain(words ?? '');
    }
    // Whatever it is, it can be shown.
    expect(renderMistakes(found, loaded.sources)).toContain(found[0]?.message);
  });
});
