import { expect, test } from '@jest/globals';
import type { PolicySettings } from '../../src/model/policy.ts';
import { carriesOurs, leftLists } from '../../src/scan/left.ts';
import { policy } from '../rules/reader.ts';

const now = '2026-11-23T09:00:00Z';
const settings: PolicySettings = {
  ...policy.settings,
  labels: { needsAttention: 'bot::open', ok: 'bot::ok', escalated: 'bot::late', former: ['Bot Old'] },
  select: { ...policy.settings.select, state: 'opened', labels: ['KR'], notLabels: ['no-bot'] },
  okrs: null,
};

const asWords = (lists: ReturnType<typeof leftLists>): string[] =>
  lists.map(({ filter: { state, labels, notLabels = [] } }) =>
    [state, ...(labels ?? []), ...notLabels.map((label) => `not ${label}`)].join(' '),
  );

test('what left is looked for by each of our labels: without its own one, opted out, or closed', () => {
  const lists = leftLists(settings, now);
  expect(asWords(lists)).toEqual([
    'opened bot::open not KR',
    'opened bot::open KR no-bot',
    'opened bot::ok not KR',
    'opened bot::ok KR no-bot',
    'opened Bot Old not KR',
    'opened Bot Old KR no-bot',
    ...(settings.dashboard.quarters === 0
      ? ['closed bot::open KR not no-bot', 'closed bot::late KR not no-bot']
      : []),
  ]);
});

test('only what was touched within a month is asked for, and nothing where closed issues are read anyway', () => {
  const lists = leftLists(settings, now);
  expect(new Set(lists.map(({ filter }) => filter.updatedAfter))).toEqual(
    new Set(['2026-10-23T09:00:00.000Z']),
  );
  expect(leftLists({ ...settings, select: { ...settings.select, state: 'all' } }, now)).toEqual([]);
});

test('a label of ours is known whatever its case', () => {
  expect(carriesOurs({ labels: ['KR', 'BOT::Open'] }, settings.labels)).toBe(true);
  expect(carriesOurs({ labels: ['bot old'] }, settings.labels)).toBe(true);
  expect(carriesOurs({ labels: ['KR', 'bot::opened'] }, settings.labels)).toBe(false);
});
