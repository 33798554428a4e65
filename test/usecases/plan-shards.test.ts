import { expect, test } from '@jest/globals';
import { bottleneck, planShards } from '../../src/usecases/plan-shards.ts';
import { cli } from '../helpers/capture-io.ts';

const subjects = Array.from({ length: 1_000 }, (_, index) => ({ projectId: 1, iid: index + 1 }));
const input = { subjects, requests: 4_000, requestsPerMinute: 1_900, concurrency: 10, latencyMs: 150 };

test('where the limit of the token is the bottleneck, more shards do not help', () => {
  const plans = planShards(input, [1, 2, 4]);
  expect(plans[0]).toMatchObject({ shards: 1, largest: 1_000, requests: 4_000, workMinutes: 1 });
  expect(bottleneck(plans)?.shards).toBe(1);
});

test('where the server is slow, they do', () => {
  const plans = planShards({ ...input, latencyMs: 3_000 }, [1, 2, 4, 16]);
  expect(plans.map(({ workMinutes }) => Math.round(workMinutes))).toEqual([
    20,
    expect.any(Number),
    5,
    expect.any(Number),
  ]);
  expect(bottleneck(plans)?.shards).toBe(16);
});

test('a report that is not one, and numbers that are not, are refused', async () => {
  const wrong = await cli(['plan-shards', '-'], { stdin: '{"version":' });
  expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  const none = await cli(['plan-shards', '-', '--shards', '0'], { stdin: '{}' });
  expect(none.stderr).toContain('--shards is "0". Give a whole number from 1 to 200.');
});
