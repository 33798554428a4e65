import { describe, expect, test } from '@jest/globals';
import { ourRules as rules } from '../../src/config/our-rules.ts';
import { documentKinds } from '../../src/kinds/index.ts';
import type { KrHygieneDocument, Unread } from '../../src/model/document.ts';
import { context, kr } from './documents.ts';

const unreadable = rules.filter(({ family }) => family === 'no-unreadable');

test('every kind of document has such a rule', () => {
  expect(unreadable.map(({ kind }) => kind)).toEqual(documentKinds);
});

describe.each(unreadable.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  function run(unread: Unread | null) {
    const document = { ...kr({ unread }), kind: rule.kind } as unknown as KrHygieneDocument;
    return [...rule.bind(rule.options.parse({}))(document, context(kr()))];
  }

  test.each(Object.keys(rule.messages))('says that a text is %s', (reason) => {
    const [report, ...others] = run({ reason: reason as Unread['reason'], detail: '2,000,000 characters' });
    expect(others).toEqual([]);
    expect(report).toMatchObject({ messageId: reason, place: null, subject: { part: 'text' } });
    expect(report?.message).toContain('2,000,000 characters');
  });

  test('has nothing to say of a text that was read', () => {
    expect(run(null)).toEqual([]);
  });
});
