import path from 'node:path';
import { expect, test } from '@jest/globals';
import { judgeProbes, readProbes } from '../../bench/score/probes.ts';
import { reader } from './helpers.ts';

const file = path.resolve(import.meta.dirname, '../fixtures/probes/probes.jsonl');

/** Misread all the same: Japanese joins two mentions without a space (o184). */
const known = new Set(['o184']);

test('no more probes are misread with confidence than those that are explained', () => {
  const results = judgeProbes(reader, readProbes(file));
  expect(results.length).toBeGreaterThan(1000);
  const misread = results.filter(({ verdict }) => verdict === 'misread').map(({ probe }) => probe.id);
  expect(misread.filter((id) => !known.has(id))).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'refused').length).toBeLessThan(20);
});
