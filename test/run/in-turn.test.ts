import { expect, test } from '@jest/globals';
import type { Scanned } from '../../src/scan/scan.ts';
import { createStopTally, inTurn } from '../../src/usecases/run/in-turn.ts';
import { anIssue } from '../plan/helpers.ts';

async function* scanOnce(): AsyncGenerator<Scanned> {
  for (const iid of [1, 2, 3, 4, 5])
    yield { issue: anIssue({ id: 100 + iid, iid, projectId: 7 }), kind: 'kr', historical: false };
}

async function turns(stopped: Parameters<typeof inTurn>[1]): Promise<(number | string)[]> {
  const met: (number | string)[] = [];
  for await (const turn of inTurn(scanOnce, stopped))
    met.push('again' in turn ? 'again' : 'scanned' in turn ? turn.scanned.issue.iid : 'failure');
  return met;
}

test('without a stop the order is that of the scan', async () => {
  expect(await turns(null)).toEqual([1, 2, 3, 4, 5]);
});

test('those that the night before did not reach come first, each once', async () => {
  expect(await turns({ projectId: 7, iid: 4, order: 4 })).toEqual([4, 5, 'again', 1, 2, 3]);
});

test('the second scan goes no further than to where the first one began', async () => {
  const met: number[] = [];
  const scanning = async function* (): AsyncGenerator<Scanned> {
    for await (const scanned of scanOnce()) {
      if ('issue' in scanned) met.push(scanned.issue.iid);
      yield scanned;
    }
  };
  const turn = inTurn(scanning, { projectId: 7, iid: 4, order: 4 });
  while ((await turn.next()).done !== true);
  expect(met).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4]);
});

test('where the one that was not reached is closed meanwhile, its position counts', async () => {
  expect(await turns({ projectId: 7, iid: 99, order: 3 })).toEqual([3, 4, 5, 'again', 1, 2]);
});

test('the next night begins with the first that could not be looked at', async () => {
  const tally = createStopTally(null);
  for await (const turn of inTurn(scanOnce, null)) {
    if (!('scanned' in turn)) continue;
    const nth = tally.next(turn);
    if (turn.order >= 3) tally.missed(nth);
  }
  expect(tally.stopped()).toEqual({ projectId: 7, iid: 3, order: 3 });
});
