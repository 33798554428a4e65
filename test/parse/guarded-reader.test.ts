import { expect, test } from '@jest/globals';
import { createDocumentCache } from '../../src/parse/document-cache.ts';
import { createGuardedReader } from '../../src/parse/guarded-reader.ts';
import { beyondLimits } from '../../src/parse/limits.ts';
import { calendar, grammar, kr, now, read, title } from './helpers.ts';

const text = '## Milestones\n- [ ] Milestone 1: Description: a Due Date: 2026-12-04 DRI: @ann\n';
const context = { title, now };

test('what was read is kept, and never shared', async () => {
  const cache = createDocumentCache();
  const reader = createGuardedReader(grammar, calendar, { cache });
  const first = await reader.read('kr', text, context);
  expect(first).toEqual(kr(text));
  first.leftovers.push({
    text: 'x',
    place: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } },
  });
  expect(await reader.read('kr', text, context)).toEqual(kr(text));
  expect(cache.size).toBe(1);
});

test('without a cache the same is read, and nothing is remembered', async () => {
  const reader = createGuardedReader(grammar, calendar, { cache: null });
  const first = await reader.read('kr', text, context);
  expect(first).toEqual(kr(text));
  const again = await reader.read('kr', text, context);
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
  const [deep, endless] = ['> '.repeat(1000), 'x'.repeat(1_300_000)];
  for (const odd of [deep, endless])
    expect((await reader.read('kr', odd, context)).unread?.reason).toBe(beyondLimits(odd)?.reason);
});

test('another title, kind, template, vocabulary or group makes another entry', async () => {
  const cache = createDocumentCache();
  const reader = createGuardedReader(grammar, calendar, { cache });
  await reader.read('kr', text, context);
  await reader.read('kr', text, { ...context, title: 'FY27 Q3 KR1 x' });
  await reader.read('okr', text, context);
  await reader.read('kr', text, { ...context, groups: ['ann'] });
  const changed = { ...grammar, kr: { ...grammar.kr, template: `${grammar.kr.template}\nmore` } };
  await createGuardedReader(changed, calendar, { cache }).read('kr', text, context);
  expect(cache.size).toBe(5);
  await reader.read('kr', text, { ...context, now: '2026-12-24T09:00:00Z' });
  expect(cache.size).toBe(5);
});

test('nothing is kept of what is confidential, nor of what became so', async () => {
  const cache = createDocumentCache();
  const reader = createGuardedReader(grammar, calendar, { cache });
  const secret = { ...context, confidential: true };
  expect(await reader.read('kr', text, secret)).toEqual(kr(text));
  expect(cache.size).toBe(0);
  await reader.read('kr', text, context);
  expect(cache.size).toBe(1);
  expect(await reader.read('kr', text, secret)).toEqual(kr(text));
  expect(cache.size).toBe(0);
});

test('the cache is bounded', () => {
  const cache = createDocumentCache({ entries: 2, characters: 100 });
  const key = (letter: string): string => letter.repeat(64);
  cache.set(key('a'), '1');
  cache.set(key('b'), '2');
  cache.get(key('a'));
  cache.set(key('c'), '3');
  expect([cache.get(key('a')), cache.get(key('b')), cache.get(key('c'))]).toEqual(['1', undefined, '3']);
  cache.set(key('d'), 'x'.repeat(99));
  expect(cache.size).toBe(2);
  cache.set(key('e'), 'x'.repeat(101));
  expect(cache.get(key('e'))).toBeUndefined();
});

test('everyday texts are within the limits', () => {
  const log = `## Objective\nx\n\n\`\`\`\n${'[info] *a* _b_ [c](d) <e>\n'.repeat(3000)}\`\`\`\n`;
  for (const everyday of [text, text.repeat(100), grammar.kr.template, log, 'word '.repeat(100_000)]) {
    expect(beyondLimits(everyday)).toBeNull();
  }
});

test('what is too deep, too complex or too long says so at once', () => {
  expect(beyondLimits('> '.repeat(1000))?.reason).toBe('too-deeply-nested');
  expect(beyondLimits('*a_ '.repeat(10_000))?.reason).toBe('too-complex');
  expect(beyondLimits('x'.repeat(1_300_000))?.reason).toBe('too-long');
  const { unread, milestones } = kr('['.repeat(100_000));
  expect([unread?.reason, milestones]).toEqual(['too-complex', []]);
  expect(read('plan', '> '.repeat(1000)).unread?.reason).toBe('too-deeply-nested');
});

test('beyond the limits a text is read in a thread, with a deadline', async () => {
  const reader = createGuardedReader(grammar, calendar, { deadlineMs: 60_000 });
  const odd = `${text}\n${'> a\nb\n'.repeat(700)}${'[a] *b '.repeat(700)}`;
  expect(beyondLimits(odd)).not.toBeNull();
  const document = await reader.read('kr', odd, context);
  expect(document).toMatchObject({
    kind: 'kr',
    unread: null,
    milestones: [{ description: 'a', dris: ['ann'] }],
  });
  const hasty = createGuardedReader(grammar, calendar, { deadlineMs: 50 });
  const slow = await hasty.read('kr', odd, context);
  expect(slow.unread?.reason).toBe('too-slow');
  expect(slow).toMatchObject({ kind: 'kr', milestones: [], title: { quarter: 4 } });
}, 120_000);
