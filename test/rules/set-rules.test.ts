import { describe, expect, test } from '@jest/globals';
import type { KrKeys } from '../../src/model/rule.ts';
import { setRules } from '../../src/rules/index.ts';
import { exampleKrs } from '../../src/rules/shared/kr-sets.ts';

function run(id: string, keys: readonly KrKeys[], options: Record<string, unknown> = {}) {
  const rule = setRules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new Error(`no set rule ${id}`);
  return [...rule.bind(rule.options.parse(options))(keys)];
}

describe.each(setRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test.each(rule.examples.map((example) => [example.shows, example] as const))('%s', (_shows, example) => {
    const reports = [...rule.bind(rule.options.parse(example.options ?? {}))(example.keys)];
    expect(reports.map(({ refs }) => refs)).toEqual(example.reports);
  });

  test('reports some examples and not about others', () => {
    expect(new Set(rule.examples.map(({ reports }) => reports.length === 0))).toEqual(new Set([true, false]));
  });

  test('has nothing to say of KRs without a quarter, and of none', () => {
    const keys = rule.examples.flatMap((example) => example.keys).map((key) => ({ ...key, quarter: null }));
    expect(run(rule.id, keys)).toEqual([]);
    expect(run(rule.id, [])).toEqual([]);
  });
});

describe('wording of set rules', () => {
  const numbered = (...numbers: number[]) =>
    exampleKrs(...numbers.map((number) => ({ number, reference: 'Key Care' })));

  test('a number used twice', () => {
    expect(run('no-duplicate-kr-number', numbered(1, 2, 2))).toEqual([
      { message: 'FY27 Q4, “Key Care”: 2 KRs are numbered KR2.', refs: ['sec/okrs#2', 'sec/okrs#3'] },
    ]);
  });

  test('gaps, however wide', () => {
    expect(run('no-kr-number-gap', numbered(9_000_000, 2, 4)).map(({ message }) => message)).toEqual([
      'FY27 Q4, “Key Care”: the numbering leaves out KR1, KR3 and KR5 to KR8999999.',
    ]);
  });

  test('the words of a confidential title are told only when a public KR has them too', () => {
    const secret = numbered(1, 1).map((key) => ({ ...key, confidential: true }));
    expect(run('no-duplicate-kr-number', secret)[0]?.message).toBe(
      'FY27 Q4, a confidential OKR: 2 KRs are numbered KR1.',
    );
    const mixed = secret.map((key, index) => ({ ...key, confidential: index === 0 }));
    expect(run('no-duplicate-kr-number', mixed)[0]?.message).toContain('“Key Care”');
  });

  test('people, links and counts', () => {
    const keys = numbered(1, 2).map((key) => ({
      ...key,
      people: ['ann', 'ann'],
      okrUrl: 'https://ally.io/1',
    }));
    expect(run('match-krs-per-dri', keys, { max: 1 })[0]?.message).toBe(
      'FY27 Q4: @ann is the DRI of 2 KRs; at most 1 wanted.',
    );
    expect(run('no-shared-okr-link', keys)[0]?.message).toBe('FY27 Q4: 2 KRs link to the same OKR record.');
    expect(run('match-krs-per-objective', keys, { min: 3 })[0]?.message).toBe(
      'FY27 Q4, “Key Care”: 2 KRs; at least 3 wanted.',
    );
  });

  test('ten thousand KRs are looked over in a moment', () => {
    const keys = exampleKrs(
      ...Array.from({ length: 10_000 }, (_, index) => ({
        ref: `sec/okrs#${index}`,
        number: index,
        reference: `R${index % 500}`,
        people: ['ann'],
        okrUrl: `https://ally.io/${index}`,
      })),
    );
    for (const rule of setRules) run(rule.id, keys);
  });
});
