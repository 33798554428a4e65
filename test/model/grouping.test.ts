import { expect, test } from '@jest/globals';
import { grouping, part } from '../../src/model/grouping.ts';
import { groupBy } from '../../src/model/groups.ts';
import { numberOf } from '../../src/model/number-set.ts';
import { fc } from '../helpers/random.ts';

const text = fc.oneof(fc.constantFrom('a', 'b', 'ab', ''), fc.string({ unit: 'binary', maxLength: 3 }));

test.each([
  ['texts have numbers of their own', numberOf],
  ['some texts share a number', (key: string) => key.length],
  ['all texts share a number', () => 7],
])(
  'a grouping has the groups that groupBy has, in their order and that of their items, where %s',
  (_, hashOf) => {
    fc.assert(
      fc.property(fc.array(fc.option(text, { nil: null }), { maxLength: 60 }), (keys) => {
        const items = keys.map((key, index) => ({ key, index }));
        const groups = Array.from(
          grouping(items, ({ key }) => key, hashOf),
          (group) => [...group],
        );
        expect(groups).toEqual([...groupBy(items, ({ key }) => key).values()]);
      }),
    );
  },
);

test('a grouping can be gone through again, and its groups are sequences', () => {
  const groups = grouping(['a1', 'b1', 'a2'], ([letter]) => letter ?? null);
  expect(Array.from(groups, (group) => [group.length, group.at(0), group.at(-1), group.at(2)])).toEqual(
    Array.from(groups, (group) => [group.length, [...group][0], undefined, undefined]),
  );
});

test('a part of a sequence has what is at its positions', () => {
  const some = part(['a', 'b', 'c'], Uint32Array.of(2, 0));
  expect([...some]).toEqual(['c', 'a']);
  expect([some.length, some.at(1), some.at(2), some.at(-1)]).toEqual([2, 'a', undefined, undefined]);
});
