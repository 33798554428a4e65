import { expect, test } from '@jest/globals';
import { fuzz } from '../../bench/helpers/fuzzing.ts';

// `npx tsx bench/fuzz.ts` runs 50,000 inputs, FUZZ=1000000 the nightly number.
test('mutated texts neither throw nor are misplaced', async () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
  const { failures } = await fuzz(Number(process.env['FUZZ'] ?? 3000), seed);
  expect({ seed, failures }).toEqual({ seed, failures: [] });
}, 3_600_000);
