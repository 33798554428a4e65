import { describe, expect, test } from '@jest/globals';
import { compareDocument, fieldOf } from '../../bench/score/compare.ts';
import { tally } from '../../bench/score/tally.ts';

const misses = (expected: unknown, actual: unknown) =>
  compareDocument(expected, actual)
    .filter((leaf) => !leaf.ok)
    .map((leaf) => leaf.path);

describe('compareDocument', () => {
  test.each<[string, unknown, unknown, string[]]>([
    ['a key that is not expected is not compared', { a: 1 }, { a: 1, b: 2 }, []],
    ['null is null', { a: null }, { a: 'x' }, ['a']],
    ['a missing key is not null', { a: null }, {}, ['a']],
    ['a value that is missing', { a: { b: 1, c: 2 } }, { a: null }, ['a.b', 'a.c']],
    ['one of several values', { a: { anyOf: [1, null] } }, { a: null }, []],
    ['none of several values', { a: { anyOf: [1, 2] } }, { a: 3 }, ['a']],
    [
      'one of several objects',
      {
        s: {
          anyOf: [
            { v: null, p: 'x' },
            { v: 1, p: null },
          ],
        },
      },
      { s: { v: 1, p: null } },
      [],
    ],
    [
      'halves of two alternatives',
      {
        s: {
          anyOf: [
            { v: null, p: 'x' },
            { v: 1, p: null },
          ],
        },
      },
      { s: { v: 1, p: 'x' } },
      ['s.v'],
    ],
    [
      'words whatever the case and mark-up',
      { t: { contains: ['push protection'] } },
      { t: '**Push** `protection`' },
      [],
    ],
    [
      'words in a link text',
      { t: { contains: ['see the plan'] } },
      { t: 'see [the plan](https://x.example)' },
      [],
    ],
    ['a word that is not there', { t: { contains: ['moon'] } }, { t: 'sun' }, ['t']],
    ['a word that must not be there', { t: { contains: [], excludes: ['DRI:'] } }, { t: 'x dri: y' }, ['t']],
    ['a text pattern wants a text', { t: { contains: [] } }, { t: null }, ['t']],
    ['leftovers are there', { leftovers: true }, { leftovers: [{ text: 'etc.' }] }, []],
    ['leftovers are not there', { leftovers: false }, { leftovers: [{ text: 'etc.' }] }, ['leftovers']],
    ['at least one item', { completed: { items: true } }, { completed: { items: 0 } }, ['completed.items']],
    ['no item', { completed: { items: false } }, { completed: { items: 0 } }, []],
    ['user names in order', { dris: ['a', 'b'] }, { dris: ['b', 'a'] }, ['dris']],
    [
      'a pair of alternatives',
      {
        dris: {
          anyOf: [
            { dris: [], driProblem: 'missing' },
            { dris: ['a'], driProblem: null },
          ],
        },
      },
      { dris: ['a'], driProblem: null },
      [],
    ],
    [
      'half a pair',
      { dris: { anyOf: [{ dris: [], driProblem: 'missing' }] } },
      { dris: ['a'], driProblem: 'missing' },
      ['dris'],
    ],
    ['all epics, in any order', { epics: ['&1', 'u'] }, { epics: [{ url: 'u' }, { ref: '&1' }] }, []],
    ['one epic too many', { epics: ['&1'] }, { epics: [{ ref: '&1' }, { ref: '&2' }] }, ['epics']],
    ['some links', { links: ['u'] }, { links: [{ url: 'u' }, { url: 'v' }] }, []],
    ['a link that is not there', { links: ['u', 'w'] }, { links: [{ url: 'u' }] }, ['links']],
  ])('%s', (_, expected, actual, paths) => {
    expect(misses(expected, actual)).toEqual(paths);
  });

  test('sections are compared without case and mark-up', () => {
    const document = { sections: [{ title: '**Roll** Out' }] };
    expect(misses({ sections: ['Rollout'] }, document)).toEqual(['sections']);
    expect(misses({ sections: ['Roll out'] }, document)).toEqual([]);
  });

  const item = (word: string) => ({ description: { contains: [word] }, state: 'open' });
  const read = (description: string) => ({ description, state: 'open' });

  test('a milestone that was overlooked does not shift the others', () => {
    const expected = { milestones: [item('one'), item('two'), item('three')] };
    const paths = misses(expected, { milestones: [read('one'), read('three')] });
    expect(paths).toEqual([
      'milestones.count',
      'milestones[1].exists',
      'milestones[1].description',
      'milestones[1].state',
    ]);
  });

  test('a milestone too many is named once', () => {
    const expected = { milestones: [item('one'), item('two')] };
    const paths = misses(expected, { milestones: [read('one'), read('noise'), read('two')] });
    expect(paths).toEqual(['milestones.count', 'milestones[1].exists']);
  });

  test('lists may have alternatives', () => {
    const expected = { dependencies: { anyOf: [[item('one')], [item('one'), item('two')]] } };
    expect(misses(expected, { dependencies: [read('one'), read('two')] })).toEqual([]);
  });
});

describe('tally', () => {
  test('counts accuracy, precision and recall per field', () => {
    const leaves = (expected: unknown, actual: unknown) =>
      compareDocument({ url: expected }, { url: actual });
    const results = [
      { file: 'a', kind: 'kr', level: 'template', leaves: leaves('x', 'x') },
      { file: 'b', kind: 'kr', level: 'drift', leaves: leaves('x', null) },
      { file: 'c', kind: 'kr', level: 'drift', leaves: leaves(null, 'y') },
      { file: 'd', kind: 'kr', level: 'drift', leaves: leaves(null, null) },
    ];
    const score = tally(results);
    expect(score).toMatchObject({ texts: 4, textsRight: 2, accuracy: 0.5, template: 1 });
    expect(score.byLevel['drift']).toBeCloseTo(1 / 3);
    expect(score.fields).toEqual([
      { kind: 'kr', field: 'url', total: 4, right: 2, accuracy: 0.5, precision: 0.5, recall: 0.5 },
    ]);
  });

  test('a list index is no part of a field', () => {
    const leaf = compareDocument({ a: [{ b: 1 }] }, { a: [{ b: 1 }] }).find((verdict) =>
      verdict.path.includes('b'),
    );
    expect(leaf && fieldOf(leaf)).toBe('a.b');
  });
});
