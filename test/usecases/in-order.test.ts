import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createInOrder } from '../../src/usecases/in-order.ts';
import { fc, runs } from '../helpers/random.ts';

/** Work that waits so many turns of the event loop; 0: it waits for nothing but promises. */
const after = async (turns: number): Promise<void> => {
  await Promise.resolve();
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
};

test('results come in the order of the beginning, whatever each work waits for, and no more than so many at a time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5), { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      async (turns, concurrency) => {
        const taken: number[] = [];
        let atWork = 0;
        let most = 0;
        let ahead = 0;
        const inOrder = createInOrder<number>(concurrency, (index) => void taken.push(index));
        for (const [index, count] of turns.entries()) {
          await inOrder.begin(async () => {
            atWork += 1;
            most = Math.max(most, atWork);
            await after(count);
            atWork -= 1;
            return index;
          });
          ahead = Math.max(ahead, index + 1 - taken.length);
        }
        await inOrder.end();
        expect(taken).toEqual(turns.map((_, index) => index));
        expect(most).toBeLessThanOrEqual(concurrency);
        expect(ahead).toBeLessThan(concurrency * 4);
      },
    ),
    { numRuns: runs(300) },
  );
});

test('work that waits for nothing is taken before the next begins', async () => {
  const log: string[] = [];
  const inOrder = createInOrder<number>(8, (index) => void log.push(`taken ${index}`));
  for (const index of [1, 2, 3]) {
    await inOrder.begin(async () => {
      log.push(`begun ${index}`);
      await after(0);
      return index;
    });
  }
  await inOrder.end();
  expect(log).toEqual(['begun 1', 'taken 1', 'begun 2', 'taken 2', 'begun 3', 'taken 3']);
});

test('what a work throws comes when its turn has come, and what waits behind it makes no noise', async () => {
  const taken: number[] = [];
  const inOrder = createInOrder<number>(2, (index) => void taken.push(index));
  await inOrder.begin(async () => {
    await after(3);
    return 1;
  });
  await inOrder.begin(() => Promise.reject(new Error('second')));
  await inOrder.begin(() => Promise.reject(new Error('third')));
  await expect(inOrder.end()).rejects.toThrow('second');
  expect(taken).toEqual([1]);
});
