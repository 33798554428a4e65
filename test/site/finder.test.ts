import { expect, test } from '@jest/globals';
import { CONFIDENTIAL } from '../../src/records/redact.ts';
import { createFinder, shortest } from '../../src/site/finder.ts';
import { fc } from '../helpers/random.ts';

const word = fc
  .array(fc.constantFrom('a', 'b', 'ab', 'é', '😀'), { minLength: shortest, maxLength: 20 })
  .map((parts) => parts.join(''));

/** The first place, and there the longest text: as the finder says it should be, slowly. */
function slowly(text: string, wanted: readonly string[]): { first: string | null; replaced: string } {
  let first: string | null = null;
  let replaced = '';
  for (let index = 0; index < text.length; ) {
    const here = wanted.filter((one) => text.startsWith(one, index)).sort((a, b) => b.length - a.length)[0];
    first ??= here ?? null;
    replaced += here === undefined ? text[index] : CONFIDENTIAL;
    index += here?.length ?? 1;
  }
  return { first, replaced };
}

test('every text is found where it is, whatever is around it', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.array(word, { maxLength: 8 }), (wanted, others) => {
      const text = [...others, ...wanted, ...others, ...wanted].join('');
      const finder = createFinder(wanted);
      expect({ first: finder.first(text), replaced: finder.replaced(text) }).toEqual(slowly(text, wanted));
    }),
  );
});
