import { expect, test } from '@jest/globals';
import { objectivesOf } from '../../src/site/data/objectives.ts';
import type { Kr } from '../../src/site/data/types.ts';

const kr = (iid: number, number: number | null, reference: string, standing: Kr['standing'] = 'on-track') =>
  ({ ref: `sec/okrs#${iid}`, number, reference, standing, okrUrl: null, name: `KR of #${iid}` }) as Kr;

test('KRs of one objective, whatever its case, come by their numbers, those without one last', () => {
  const krs = [kr(1, null, 'Key Care'), kr(2, 3, 'key care'), kr(3, 1, 'Key Care'), kr(4, 2, 'KEY CARE')];
  expect(objectivesOf(krs).map((one) => one.krs.map(({ ref }) => ref))).toEqual([
    ['sec/okrs#3', 'sec/okrs#4', 'sec/okrs#2', 'sec/okrs#1'],
  ]);
});

test('the objective of the weakest KR comes first', () => {
  const krs = [kr(1, 1, 'Alerts'), kr(2, 1, 'Keys', 'off-track'), kr(3, 2, 'Keys', 'closed')];
  expect(objectivesOf(krs).map(({ title, standing }) => [title, standing])).toEqual([
    ['Keys', 'off-track'],
    ['Alerts', 'on-track'],
  ]);
});
