import { expect, test } from '@jest/globals';
import { createScratch } from '../../src/files/scratch.ts';

test('lines come back in order, from memory and from the file, whatever characters they hold', async () => {
  const texts = [
    'a\u2028b',
    'c\u2029d',
    'e\rf',
    'g\u0085h',
    '',
    'x'.repeat(3_000_000),
    '👩‍🚀'.repeat(300_000),
    'last',
  ];
  for (const times of [1, 3]) {
    const scratch = createScratch();
    const all = Array.from({ length: times }, () => texts).flat();
    for (const text of all) await scratch.add(JSON.stringify(text));
    const found: unknown[] = [];
    for await (const line of scratch.lines()) found.push(JSON.parse(line));
    expect(found).toEqual(all);
  }
});
