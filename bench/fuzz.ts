/**
 * Texts mutated from the fixtures go through all five parsers: `npx tsx bench/fuzz.ts`.
 * FUZZ: how many inputs (50,000; 1,000,000 in a nightly run); SEED: the seed of a run to repeat.
 */
import { fuzz } from './helpers/fuzzing.ts';

const inputs = Number(process.env['FUZZ'] ?? 50_000);
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
console.log(`fuzz: ${inputs} inputs, SEED=${seed}`);
const result = await fuzz(inputs, seed);
console.log(
  `worst: ${result.worst.microsecondsPerByte.toFixed(1)} µs a byte on ${result.worst.length} characters`,
);
console.log(
  `worst beyond 2,000 characters: ${result.worstLong.microsecondsPerByte.toFixed(1)} µs a byte; unread: ${result.unread}`,
);
for (const failure of result.failures.slice(0, 10)) console.error(failure);
process.exitCode = result.failures.length > 0 ? 1 : 0;
