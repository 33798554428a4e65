import { describe, expect, test } from '@jest/globals';
import { isOfShard, parseShard } from '../../src/scan/shard.ts';

const ids = Array.from({ length: 2_000 }, (_, index) => ({ projectId: (index % 7) + 1, iid: index + 1 }));
const shardOf = (id: (typeof ids)[number], total: number): number[] =>
  Array.from({ length: total }, (_, index) => index + 1).filter((index) => isOfShard(id, { index, total }));

describe('shards', () => {
  test('every subject belongs to exactly one', () => {
    for (const total of [1, 2, 5, 17])
      for (const id of ids.slice(0, 300)) expect(shardOf(id, total)).toHaveLength(1);
  });

  test('they are of about the same size', () => {
    const sizes = [1, 2, 3, 4].map((index) => ids.filter((id) => isOfShard(id, { index, total: 4 })).length);
    for (const size of sizes) expect(Math.abs(size - 500)).toBeLessThan(120);
  });

  test('one more shard moves only what the new one takes', () => {
    for (const id of ids.slice(0, 300)) {
      const [before] = shardOf(id, 4);
      const [after] = shardOf(id, 5);
      expect([before, 5]).toContain(after);
    }
  });

  test.each(['0/3', '4/3', '1', '1/0', '', '-1/3', '1/3/5', '1/201', 'a/b', '1.5/3'])(
    '"%s" is not one',
    (text) => {
      expect(parseShard(text)).toBeNull();
    },
  );

  test('2/5 is one', () => {
    expect(parseShard('2/5')).toEqual({ index: 2, total: 5 });
  });
});
