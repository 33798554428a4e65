import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { renderConfigErrors } from '../../src/config/render-errors.ts';
import { brokenFiles } from './broken-files.ts';
import { loadFrom } from './helpers.ts';

describe('broken rule files', () => {
  test('there are at least eighty of them', () => {
    expect(brokenFiles.length).toBeGreaterThanOrEqual(80);
    const names = brokenFiles.map((broken) => broken.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(brokenFiles)('$name', async ({ files, errors }) => {
    const loaded = await loadFrom(files);
    const found = loaded.ok ? loaded.warnings : loaded.errors;
    expect(
      found.map((each) => `${path.basename(each.file)}:${each.line}:${each.column} ${each.code}`),
    ).toEqual(errors.map(([place, code]) => `${place} ${code}`));
    for (const [index, [, , words]] of errors.entries()) {
      expect(`${found[index]?.message} ${found[index]?.advice ?? ''}`).toContain(words ?? '');
    }
    // Whatever it is, it can be shown.
    expect(renderConfigErrors(found, loaded.sources)).toContain(found[0]?.message);
  });
});
