import { describe, expect, test } from '@jest/globals';
import { kr, read } from './helpers.ts';

const milestones = (text: string): string[] =>
  kr(text).milestones.map(({ description, dueDate, dris, driProblem, state }) =>
    [description, dueDate.date ?? `!${dueDate.problem}`, dris.join(' ') || `!${driProblem}`, state[0]].join(
      ' | ',
    ),
  );
const lists = (text: string): string => {
  const { completed, nextSteps } = read('weekly-update', text);
  return `${completed.problem ?? completed.text} > ${nextSteps.problem ?? nextSteps.text}`.replaceAll(
    '\n',
    ', ',
  );
};
const course = 'Course | 2026-12-04 | ann | o';
const talk = 'Talk | 2026-12-18 | bo | o';

describe('a heading right below a list item, without a blank line', () => {
  test.each([
    '**Done:**\n- a\n- b\n**Next:**\n- c',
    '**Completed**\n* a\n* b\n**Next steps**\n* c',
    '__Completed__\n1. a\n2. b\n__Next steps__\n1. c',
    '## Completed\n- a\n- b\nNext steps:\n- c',
    '## Completed\n- a\n- b\nNext steps\n- c',
    '## Completed\n- a\n- b\n**Next** (rough)\n- c',
    '## Completed\n- a\n- b\n**Next:** c',
    '## Completed\n- a\n- b\nNext steps: c',
    'Completed:\n• a\n• b\n**Next steps**\n• c',
    '## Completed\n- a\n- b\n**Risks**\n- none\n**Next steps**\n- c',
  ])('%j', (text) => expect(lists(text)).toBe('a, b > c'));

  test('below a nested item', () => {
    expect(lists('**Done**\n- a\n  - b\n**Next**\n- c')).toBe('a, b > c');
  });

  test.each([
    ['## Completed\n- a we looked at\nnext steps\n- b', 'a we looked at, next steps, b > missing'],
    ['## Completed\n- a\n  **Next**\n- b', 'a, Next, b > missing'],
  ])('what is no heading stays text of the item: %j', (text, expected) => expect(lists(text)).toBe(expected));

  test('the status and the percentage too', () => {
    const { status, percentComplete, nextSteps } = read(
      'weekly-update',
      '## Done\n- a\nStatus: On Track\nPercentage complete: 40%\nNext steps:\n- b',
    );
    expect([status.value, percentComplete.value, nextSteps.text]).toEqual(['on-track', 40, 'b']);
  });

  test.each([
    '## Objective\nO\n* weekly\n**Milestones**\n* [ ] Course (@ann, Dec 4)\n* [ ] Talk (@bo, Dec 18)',
    '## Objective\nO\n* weekly\nMilestones:\n* [ ] Course (@ann, Dec 4)\n* [ ] Talk (@bo, Dec 18)',
    '## Milestones\n- [ ] Course (@ann, Dec 4)\n**Stretch milestones:**\n- [ ] Talk (@bo, Dec 18)',
    '## Milestones\n- [ ] Course (@ann, Dec 4)\n**Phase two**\n- [ ] Talk (@bo, Dec 18)',
    '## Milestones\n- [ ] Course (@ann, Dec 4)\n- [ ] Talk (@bo, Dec 18)\n**Dependencies**\n- [ ] R (@cy, Dec 11)',
    '## Milestones\n- [ ] Course (@ann, Dec 4)\n- [ ] Talk (@bo, Dec 18)\nRisks:\n- [ ] R (@cy, Dec 11)',
    '## Milestones\n- [ ] Course\n**Due Date:** Dec 4\n**DRI:** @ann\n- [ ] Talk\n**Due Date:** Dec 18\n**DRI:** @bo',
  ])('%j', (text) => expect(milestones(text)).toEqual([course, talk]));

  test('a budget below dependencies', () => {
    const okr = read(
      'okr',
      '**Dependencies:**\n- [ ] SRE capacity (@ann)\n- [~] Tool (@bo)\n**Budget:** 10k USD',
    );
    expect([okr.dependencies.length, okr.budget.text]).toEqual([2, '10k USD']);
  });
});

describe('bold lines that are milestones', () => {
  test.each([
    '**Milestones:**\n\n**1. Course**\n* Due date: Dec 4\n* DRI: @ann\n\n**2. Talk**\n* Due date: Dec 18\n* DRI: @bo',
    '**Milestones**\n\n**Course**\nDue date: Dec 4\nDRI: @ann\n\n**Talk**\nDue date: Dec 18\nDRI: @bo',
    '## Milestones\n\n**Course**\nDue date: Dec 4\nDRI: @ann\n**Talk**\nDue date: Dec 18\nDRI: @bo',
    '## Milestones\n\n**Course** (@ann, Dec 4)\n\n**Talk** (@bo, Dec 18)',
    '## Milestones\n\n**Course**: @ann, Dec 4\n\n**Talk** - @bo - Dec 18',
    '## Milestones\n\n**Course** - Due Date: Dec 4 - DRI: @ann\n\n**Talk** - Due Date: Dec 18 - DRI: @bo',
    '## Milestones\n\nCourse - Due Date: Dec 4 - DRI: @ann\n\nTalk - Due Date: Dec 18 - DRI: @bo',
    '## Milestones\n### Course (@ann, Dec 4)\n### Talk (@bo, Dec 18)',
    '## Milestones\n## Course\n- Due: Dec 4\n- DRI: @ann\n## Talk\n- Due: Dec 18\n- DRI: @bo\n## Risks\n- DRI: @cy',
  ])('%j', (text) => expect(milestones(text)).toEqual([course, talk]));

  test.each([
    '**Note:** moved to Dec 4, ask @bo\n\n- [ ] Course (@ann, Dec 4)\n\nWe want this by Dec 4, @bo.',
    '**Phase 1 (Nov 27, @cy)**\n- [ ] Course (@ann, Dec 4)',
    'Overall owner: @bo, due date: Jan 29\n- [ ] Course (@ann, Dec 4)',
    '1\\. only a sentence\n- [ ] Course (@ann, Dec 4)',
  ])('what is none stays none: %j', (text) => expect(milestones(`## Milestones\n${text}`)).toEqual([course]));
});

describe('a milestone whose first word looks like a label, and other items', () => {
  test.each([
    'DONE: Course (Dec 4, @ann)',
    'Done - Course, Due Date: Dec 4, DRI: @ann',
    'Description: Done: Course Due Date: Dec 4 DRI: @ann',
    '**Fri 4 Dec**: Course (@ann)',
    'EOD Fri Dec 4 – Course (@ann)',
    'Course • Dec 4 • @ann',
    'Course → @ann → Dec 4',
    'Course {@ann; Dec 4}',
    'Course (Dec 4, @ann) 🎉',
    'Course (Dec 4, @ann) :tada:',
    'Course (Dec 4, @ann)\nfyi @cto',
    'Course by Dec 4 @ann\ncc @cto @ceo',
    'Course (Dec 4, @ann)\nwith help of @cto by Jan 3',
  ])('%j', (text) => expect(milestones(`## Milestones\n- [ ] ${text}`)).toEqual([course]));

  test.each([
    ['Kick-off on Nov 24 in room three (@ann)', 'Kick-off on Nov 24 in room three | 2026-11-24 | ann | o'],
    [
      'Collect what the kick-off on Nov 24 left (@ann)',
      'Collect what the kick-off on Nov 24 left | !missing | ann | o',
    ],
    ['Start: Nov 2 Due: Dec 4 DRI: @ann', ' | 2026-12-04 | ann | o'],
    ['Course (TBD, TBD)', 'Course | !placeholder | !placeholder | o'],
    ['Course (@li\\_wei, Dec 4)', 'Course | 2026-12-04 | li_wei | o'],
    ['Course (@finn\\.b, Dec 4)', 'Course | 2026-12-04 | finn.b | o'],
    ['Course (\\@ann, Dec 4)', 'Course | 2026-12-04 | !not-a-mention | o'],
    ['DRI: @ann Notes: with @bo', ' | !missing | ann | o'],
  ])('%j', (text, expected) => expect(milestones(`## Milestones\n- [ ] ${text}`)).toEqual([expected]));

  test('boxes in a table, and a row that is not one', () => {
    const table =
      '| Milestone | Due | DRI |\n|--|--|--|\n| [x] Course | Dec 4 | @ann |\n| [ ] Talk | Dec 18 | @bo |\n| etc. | | |';
    expect(milestones(`## Milestones\n${table}`)).toEqual(['Course | 2026-12-04 | ann | d', talk]);
  });

  test('a table of something else is no list of milestones', () => {
    expect(milestones('## Objective\n| a | b |\n|--|--|\n| O | P |')).toEqual([]);
  });
});

describe('names without any mark-up', () => {
  test('a tab between name and value, as cells are pasted', () => {
    const text =
      'OKR\thttps://app.ally.io/objectives/1\nObjective\tStop leaks\n\nWhat\tDue\tDRI\nGuide\tDec 4\t@ann';
    const { objective, milestones } = kr(text);
    expect(objective.text).toBe('Stop leaks');
    expect(milestones.map(({ description }) => description)).toEqual(['Guide']);
  });

  test('on a line of their own, with text below', () => {
    const document = kr(
      'ally okr https://app.ally.io/objectives/7\n\nobjective\n\nwipe lost phones\n\nmilestones\n\n- Course due date december 4 dri @ann',
    );
    expect([document.okrLink?.where, document.objective.text]).toEqual(['section', 'wipe lost phones']);
    expect(document.milestones).toHaveLength(1);
  });

  test('as items of one list, each with its own below', () => {
    const text =
      '1. **Objective:** All.\n2. **Milestones**\n   - [ ] Course Due Date: 2026-12-04 DRI: @ann\n3. **Risks**\n   - a strike until 2027-01-08';
    expect(milestones(text)).toEqual([course]);
  });

  test.each([
    ['Course due date december 4 dri yuki', 'Course | 2026-12-04 | !not-a-mention | o'],
    ['Course due dec 4 owner mei', 'Course | 2026-12-04 | !not-a-mention | o'],
    ['Rotate 3 owner keys (@ann, Dec 4)', 'Rotate 3 owner keys | 2026-12-04 | ann | o'],
    ['Course. ETA after the audit. Owner @ann', 'Course. | !not-a-date | ann | o'],
    ['DRI training held due date december 4 dri @ann', 'DRI training held | 2026-12-04 | ann | o'],
    ['Owner manual printed (@ann, Dec 4)', 'Owner manual printed | 2026-12-04 | ann | o'],
  ])('labels without a colon: %s', (item, expected) => {
    expect(milestones(`## Milestones\n- [ ] ${item}`)).toEqual([expected]);
  });
});

describe('milestones that run together on one line', () => {
  const [first, second] = ['Course | 2026-12-04 | ann | ', 'Talk | 2026-12-18 | bo | '];
  test.each([
    [
      '- [x] Milestone 1: Description: Course Due Date: 2026-12-04 DRI: @ann - [ ] Milestone 2: Description: Talk Due Date: 2026-12-18 DRI: @bo',
      [`${first}d`, `${second}o`],
    ],
    [
      '- [ ] Milestone 1: Course (@ann, Dec 4) [x] Milestone 2: Talk (@bo, Dec 18)',
      [`${first}o`, `${second}d`],
    ],
    [
      'Milestone 1: Course due Dec 4 DRI @ann Milestone 2: Talk due Dec 18 DRI @bo',
      [`${first}o`, `${second}o`],
    ],
    [
      '- Milestone 2: needs Milestone 1: the course Due Date: 2026-12-18 DRI: @bo',
      ['needs Milestone 1: the course | 2026-12-18 | bo | o'],
    ],
  ])('%s', (text, expected) => expect(milestones(`## Milestones\n${text}`)).toEqual(expected));
});

describe('date and people without labels, between dashes', () => {
  test.each([
    ['Course - TBD - @ann', 'Course | !placeholder | ann | o'],
    ['Course - Dec 4 - TBD', 'Course | 2026-12-04 | !placeholder | o'],
    ['Course - Dec 4 - Ann Lee', 'Course | 2026-12-04 | !not-a-mention | o'],
    ['Course | Ann Lee | Dec 4', 'Course | 2026-12-04 | !not-a-mention | o'],
    ['Course - Dec 4 - in the big room', 'Course - Dec 4 - in the big room | 2026-12-04 | !missing | o'],
  ])('%s', (item, expected) => expect(milestones(`## Milestones\n- [ ] ${item}`)).toEqual([expected]));
});
