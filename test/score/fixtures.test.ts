import { describe, expect, test } from '@jest/globals';
import { examplesFolder, ownFolder } from '../../bench/helpers/texts.ts';
import { judge } from '../../bench/score/judge.ts';
import { type TextResult, tally } from '../../bench/score/tally.ts';

const judged = new Map<string, TextResult[]>();
for (const folder of [ownFolder, examplesFolder]) judged.set(folder, await judge(folder));

describe.each([
  ['the project’s own texts', ownFolder],
  ['the practice set', examplesFolder],
])('%s', (_name, folder) => {
  const results = judged.get(folder) ?? [];
  const score = tally(results);

  test('nearly every value is read as a careful colleague reads it', () => {
    expect(score.accuracy).toBeGreaterThanOrEqual(0.98);
  });

  test('every value of a text that follows the template is read', () => {
    const misses = results
      .filter((text) => text.level === 'template')
      .flatMap((text) => text.leaves.filter((leaf) => !leaf.ok).map((leaf) => `${text.file} ${leaf.path}`));
    expect(misses).toEqual([]);
  });
});
