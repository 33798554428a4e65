import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

/** Makes garbage that lives for a while, as a run does, and tells how large the heap became, in bytes. */
const program = (prepare: string): string => `
${prepare}
const ring = [];
let most = 0;
for (let n = 0; n < 60_000; n += 1) {
  ring[n % 400] = Array.from({ length: 100 }, (_, at) => ({ n, at, text: 'KR ' + n + at }));
  if (n % 50 === 0) most = Math.max(most, process.memoryUsage().heapTotal);
}
console.log(most);
`;

function heapOf(prepare: string): number {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program(prepare)];
  return Number(
    execFileSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } }),
  );
}

test('a heap that is kept small holds a third less at most than one that is left to itself', () => {
  const file = path.resolve(import.meta.dirname, '../../src/cli/thrifty-engine.ts');
  const small = heapOf(`(await import(${JSON.stringify(file)})).makeEngineThrifty();`);
  expect(small / heapOf('')).toBeLessThan(2 / 3);
});
