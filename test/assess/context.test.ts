import { describe, expect, test } from '@jest/globals';
import { krKeys } from '../../src/assess/keys.ts';
import { context, kr } from '../rules/documents.ts';

function titled(fiscalYear: number | null, quarter: 1 | 2 | 3 | 4 | null) {
  return kr({ title: { raw: '', fiscalYear, quarter, number: 2, reference: 'Key Care', statement: null } });
}

describe('ruleContext', () => {
  test('the quarter comes from the title and the calendar', () => {
    expect(context(titled(2022, 3)).quarter).toEqual({
      fiscalYear: 2022,
      quarter: 3,
      start: '2021-08-01',
      end: '2021-10-31',
    });
  });

  test.each([
    [null, 3],
    [2022, null],
    [22, 1],
    [99_999, 1],
  ] as const)('no quarter for year %p, quarter %p', (year, quarter) => {
    expect(context(titled(year, quarter)).quarter).toBeNull();
  });

  test('today is the day in UTC, wherever the instant was written', () => {
    expect(context(kr(), {}, { now: '2026-11-24T01:30:00+09:00' }).today).toBe('2026-11-23');
  });
});

describe('krKeys', () => {
  test('keeps keys, and no text of the description', () => {
    expect(krKeys(kr(), { assignees: ['Akiko.S'], confidential: true }, 'sec/okrs#1')).toEqual({
      ref: 'sec/okrs#1',
      confidential: true,
      fiscalYear: 2027,
      quarter: 4,
      number: 1,
      reference: 'Secret Hygiene',
      okrUrl: 'https://app.ally.io/objectives/3104417',
      people: ['akiko.s'],
    });
  });

  test.each([
    ['HTTPS://App.Ally.io/objectives/7/', 'https://app.ally.io/objectives/7'],
    ['https://app.ally.io/objectives/7#top', 'https://app.ally.io/objectives/7'],
    ['https://app.ally.io/objectives/7?period=9', 'https://app.ally.io/objectives/7?period=9'],
    ['no url', 'no url'],
  ])('%s is kept as %s', (url, kept) => {
    const document = kr({ okrLink: { url, where: 'section', place: kr().okrLink!.place } });
    expect(krKeys(document, {}, 'a/b#1').okrUrl).toBe(kept);
  });

  test.each([
    [
      'a/b#12',
      [
        'https://git.example/a/b/-/issues/12',
        'https://git.example/A/b/-/work_items/12?x=1#note_4',
        'a/b#12',
        'b#12+s',
        '#12',
        '#12+',
        '[issue:12]',
        '[work_item:a/b/12]',
      ],
    ],
    [
      'a&12',
      [
        'https://git.example/groups/a/-/epics/12',
        'https://git.example/groups/a/-/work_items/12',
        'a&12',
        '&12+s',
        '[epic:12]',
        '[epic:a/12]',
      ],
    ],
  ])('%s has one key, however it is written', (kept, addresses) => {
    const keys = addresses.map((url) => {
      const document = kr({ okrLink: { url, where: 'section', place: kr().okrLink!.place } });
      return krKeys(document, {}, 'a/b#1').okrUrl;
    });
    expect(keys).toEqual(addresses.map(() => kept));
  });
});
