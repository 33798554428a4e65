import { expect, test } from '@jest/globals';
import { fuzz } from '../../bench/helpers/fuzzing.ts';
import { seed } from '../helpers/random.ts';

// The normal number; `FUZZ=1000000 npm run fuzz` is the nightly one.
const inputs = Number(process.env['FUZZ'] ?? 1_000);

test(`mutated texts neither throw nor are misplaced (${inputs} inputs, SEED=${seed})`, async () => {
  const { failures } = await fuzz(inputs, seed);
  expect(failures).toEqual([]);
}, 3_600_000);
