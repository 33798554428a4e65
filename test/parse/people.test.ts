import { describe, expect, test } from '@jest/globals';
import { milestone, read } from './helpers.ts';

/** The people a DRI field names, or the problem. */
const dri = (value: string): string => {
  const one = milestone(
    `- [ ] Milestone 1: Description: Roll out with @zoe Due Date: 2026-12-04 DRI: ${value}`,
  );
  return one.driProblem === null ? one.dris.join(' ') : `${one.dris.join(' ')}!${one.driProblem}`;
};

const table: Record<string, [string, string][]> = {
  'O1 O2 O3 mentions': [
    ['@ann', 'ann'],
    ['@a.lee', 'a.lee'],
    ['@a_lee-2', 'a_lee-2'],
    ['@a.lee.', 'a.lee'],
    ['@Ann', 'Ann'],
    ['@ann, @bo', 'ann bo'],
    ['@ann and @bo', 'ann bo'],
    ['@ann/@bo', 'ann bo'],
    ['@ann + @bo', 'ann bo'],
    ['@ann & @bo', 'ann bo'],
    ['@ann @bo @cy', 'ann bo cy'],
    ['@ann; @bo', 'ann bo'],
    ['**@ann**', 'ann'],
    ['(@ann)', 'ann'],
    ['_@ann_', 'ann'],
    ['@_ann', '_ann'],
    ['@ann, @ann', 'ann'],
    ['@007bond', '007bond'],
    ['"@ann"', 'ann'],
    ['@ann!', 'ann'],
    ["@ann's team", 'ann'],
  ],
  'O4 O5 O11 O16 names': [
    ['Ann Lee', '!not-a-mention'],
    ['ann', '!not-a-mention'],
    ['Ann Lee (@ann)', 'ann'],
    ['Ann Lee @ann', 'ann'],
    ['AppSec team', '!not-a-mention'],
    ['see assignee', '!not-a-mention'],
    ['me', '!not-a-mention'],
    ['[Ann](https://gitlab.com/ann)', '!not-a-mention'],
    ['https://gitlab.com/ann', '!not-a-mention'],
    ['Zoë Müller', '!not-a-mention'],
    ['李雷', '!not-a-mention'],
  ],
  'O6 O7 O12 placeholders and nothing': [
    ['TBD', '!placeholder'],
    ['tbc', '!placeholder'],
    ['?', '!placeholder'],
    ['add here', '!placeholder'],
    ['`add here`', '!placeholder'],
    ['to be hired', '!placeholder'],
    ['@TBD', '!placeholder'],
    ['@username', '!placeholder'],
    ['[name]', '!placeholder'],
    ['TBD (new hire)', '!placeholder'],
    ['', '!missing'],
    ['-', '!missing'],
    ['~~@ann~~ @bo', 'bo'],
    ['~~@ann~~', '!missing'],
    ['~~@ann~~ TBD', '!placeholder'],
  ],
  'O9 not notified': [
    ['`@ann`', '!not-a-mention'],
    ['ann@corp.example', '!not-a-mention'],
    ['\\@ann', '!not-a-mention'],
    ['(at)ann', '!not-a-mention'],
    ['<ann@corp.example>', '!not-a-mention'],
    ['mailto:ann@corp.example', '!not-a-mention'],
    ['@ann (ann@corp.example)', 'ann'],
    ['@ann@corp.example', '!not-a-mention'],
  ],
  'O10 groups': [
    ['@all', '!group'],
    ['@sec/appsec', '!group'],
    ['@sec/appsec (@ann)', 'ann'],
  ],
  'O14 O15 O17 remarks': [
    ['@ann (?)', 'ann'],
    ['@ann - tbc', 'ann'],
    ['@ann (backup: @bo)', 'ann bo'],
    ['@ann, backup @bo', 'ann bo'],
    ['@ann (was @bo)', 'ann'],
    ['@ann (previously @bo)', 'ann'],
    ['@bo → @ann', 'ann'],
    ['@bo -> @ann', 'ann'],
    ['@ann (on leave until Dec 1)', 'ann'],
    ['@ann with help from AppSec', 'ann'],
    ['@ann?', 'ann'],
  ],
};

describe.each(Object.entries(table))('%s', (_, rows) => {
  test.each(rows)('%s → %s', (value, expected) => {
    expect(dri(value)).toBe(expected);
  });
});

test.each([
  'DRI:@ann',
  'DRI @ann',
  'DRIs: @ann',
  'DRI(s) - @ann',
  'DRI = @ann',
  'DRI – @ann',
  'dri: @ann',
  '**DRI:** @ann',
  '**DRI**: @ann',
  '_DRI_: @ann',
  'Owner: @ann',
  'Lead: @ann',
  'Assignee: @ann',
  'Responsible: @ann',
  'DRI\n  @ann',
  'DRI:\n  @ann',
  'DRI : @ann',
  '(DRI: @ann)',
  '[DRI: @ann]',
  '| DRI: @ann',
])('O17 %j', (field) => {
  const one = milestone(`- [ ] Milestone 1: Description: Roll out Due Date: 2026-12-04 ${field}`);
  expect([one.dris, one.driProblem, one.dueDate.date]).toEqual([['ann'], null, '2026-12-04']);
  expect(one.description).toBe('Roll out');
});

test('groups that the policy names are no people', () => {
  const { milestones } = read('kr', '## Milestones\n- [ ] M1: x Due Date: 2026-12-04 DRI: @appsec', {
    groups: ['AppSec'],
  });
  expect(milestones[0]?.driProblem).toBe('group');
});
