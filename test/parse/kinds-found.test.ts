import { describe, expect, test } from '@jest/globals';
import { kr, milestone, read, title } from './helpers.ts';

/** Descriptions, days and people of the milestones, in short. */
const items = (text: string, krTitle = title): string[] =>
  kr(text, krTitle).milestones.map(({ description, dueDate, dris, state }) =>
    [description, dueDate.date ?? dueDate.problem, dris.join('+'), state === 'open' ? '' : state]
      .filter((part) => part !== '')
      .join(' | '),
  );

describe('what counts as a milestone', () => {
  test.each<[string, string, string[]]>([
    [
      'boxes below a heading are its steps',
      '## Milestones\n\n### Store keys\n\nDue Date: 2026-12-04\nDRI: @ann\n\n- [x] order\n- [ ] install\n\n### Count keys\n\nDue Date: 2026-12-11\nDRI: @bo\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'a table of numbers and the line of a bot below a rule are none',
      '## Milestones\n\n- [ ] Milestone 1: Description: Store keys Due Date: 2026-12-04 DRI: @ann\n\n| Metric | Baseline | Target |\n|---|---|---|\n| keys | 3 | 9 |\n\n---\n\n_Weekly reminder by a bot: 1 open task_\n',
      ['Store keys | 2026-12-04 | ann'],
    ],
    [
      'a table without a head',
      '## Milestones\n\n| | | |\n|---|---|---|\n| **Milestone** | **Due** | **DRI** |\n| Store keys | 2026-12-04 | @ann |\n| Count keys | 2026-12-11 | @bo |\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'a table of Jira',
      '## Milestones\n\n||Milestone||Due||DRI||\n|Store keys|2026-12-04|@ann|\n|Count keys|2026-12-11|@bo|\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'grouped by person',
      '## Milestones\n\n### @ann\n\n- Store keys (Dec 4)\n- Count keys (Dec 11)\n\n### @bo\n\n- Move keys (Dec 18)\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | ann', 'Move keys | 2026-12-18 | bo'],
    ],
    [
      'a person and a day before the colon',
      '## Milestones\n\n- @ann (Dec 4): Store keys\n- @bo (Dec 11): Count keys\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'headings in another language',
      '## Ziel\n\nKeine alten Schlüssel\n\n## Meilensteine\n\n- [ ] Schlüssel zählen, fällig am 4. Dezember 2026, verantwortlich: @ann\n',
      ['Schlüssel zählen | 2026-12-04 | ann'],
    ],
    [
      'signs, and what is done by a day to come',
      '## Milestones\n\n| Milestone | Due | DRI | Status |\n|---|---|---|---|\n| Store keys | 2026-11-13 | @ann | 🟢 Done |\n| Count keys | 2026-12-11 | @bo | done by December |\n',
      ['Store keys | 2026-11-13 | ann | done', 'Count keys | 2026-12-11 | bo'],
    ],
  ])('%s', (_, text, expected) => {
    expect(items(text)).toEqual(expected);
  });

  test('a goal below a milestone is no objective of the KR', () => {
    const { objective, milestones } = kr(
      '## Objective\n\n## Milestones\n\n### Milestone 1\n\n#### Goal\n\nStore keys\n\nDue Date: 2026-12-04\nDRI: @ann\n\n### Milestone 2\n\nCount keys\n\nDue Date: 2026-12-11\nDRI: @bo\n',
    );
    expect([objective.problem, milestones.length]).toEqual(['empty', 2]);
  });
});

const item = (text: string) => milestone(`- [ ] Milestone 1: Description: Store keys ${text}`);

describe('people and days', () => {
  test.each<[string, string[]]>([
    ['DRI: @ann, reviewer @bo', ['ann']],
    ['DRI: **@ann**', ['ann']],
    ['DRI: @here', []],
    ['DRI: <@U04AB12CD>', []],
    ['DRI: `@ann`', []],
    ['thanks @bo!', []],
  ])('%s', (text, dris) => {
    expect(item(`Due Date: 2026-12-04 ${text}`).dris).toEqual(dris);
  });

  test.each([
    'starts 2026-12-04',
    'not before 2026-12-04',
    'not until 2026-12-04',
    'after 2026-12-04',
    '2026-12-04 + 2 weeks',
    '2nd week of December',
  ])('no due date: %s', (text) => {
    const { dueDate } = item(`Due Date: ${text} DRI: @ann`);
    expect(dueDate.date !== null && dueDate.certain !== false).toBe(false);
  });

  test.each([
    ['Ship the scanner - @bo - early December', ['bo'], 'early December'],
    ['Ship the scanner, @bo, mid-January', ['bo'], 'mid-January'],
    ['Ship the scanner, @bo, 4th', ['bo'], '4th'],
    ['Ship the scanner, @bo, Friday', ['bo'], 'Friday'],
    ['Ship the scanner, @bo, week of Dec 7', ['bo'], 'week of Dec 7'],
    ['Ship the scanner, @bo and @li, by end of next week', ['bo', 'li'], 'end of next week'],
    ['Scanner ausliefern - @bo - Mitte Dezember', ['bo'], 'Mitte Dezember'],
  ])('a vague time at the end hides no one and is no missing date: %s', (text, dris, raw) => {
    const found = milestone(`- [ ] ${text}`);
    expect([found.dris, found.driProblem]).toEqual([dris, null]);
    expect([found.dueDate.problem, found.dueDate.raw]).toEqual(['not-a-date', raw]);
  });
});

describe('updates', () => {
  const update = (text: string) => read('weekly-update', text);

  test.each<[string, string | null]>([
    ['- [ ] On Track\n- [x] Requires Escalation\n', 'requires-escalation'],
    ['[x] On Track [ ] Requires Escalation\n', 'on-track'],
  ])('the box that is ticked: %j', (boxes, value) => {
    const { status } = update(`## Weekly KR Update for the week of 2026-11-16\n\nStatus:\n${boxes}`);
    if (value === 'on-track') expect(status.value).toBe(value);
    else expect(status.value).not.toBe('on-track');
  });

  test.each<[string, number | null]>([
    ['planned 60%, actual 45%', 45],
    ['45% (was 30%)', 45],
  ])('of several percentages what is done: %s', (text, value) => {
    const { percentComplete } = update(
      `## Weekly KR Update for the week of 2026-11-16\nPercentage complete: ${text}\n`,
    );
    expect(percentComplete.value).toBe(value);
  });

  test('a range is its week; sections by another name', () => {
    const { weekOf, completed, nextSteps } = update(
      '## Weekly KR Update: 16.–20.11.2026\n\n### Key accomplishments\n\n* keys stored\n\n### Next sprint\n\n* keys counted\n\n### Problems\n\n* none\n',
    );
    expect([weekOf.date, completed.items, nextSteps.items]).toEqual(['2026-11-16', 1, 1]);
  });
});

describe('links and hidden text', () => {
  test.each<[string, boolean]>([
    ['https://app.ally.io/objectives/3104417', true],
    ['acme&12', true],
    ['[epic:12]', true],
    ['#12+s', true],
    ['https://app.ally.io/objectives/XXXX', false],
  ])('a record of the OKR: %s', (link, isRecord) => {
    const { okrLink } = kr(`## Ally OKR: ${link}\n\n## Objective\n\nNo old keys\n`);
    expect(okrLink !== null).toBe(isRecord);
  });

  test('a no-break space behind the mark of a list', () => {
    const text =
      '## Milestones\n\n- [ ]\u00A0Store keys (@ann, Dec 4)\n- [ ]\u00A0Count keys (@bo, Dec 11)\n';
    expect(items(text)).toEqual(['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo']);
  });
});
