import { describe, expect, test } from '@jest/globals';
import { kr } from './helpers.ts';

/** `description | day | people`, with `?` behind it where it is not certain that it is a milestone. */
const under = (text: string, heading = '## Milestones'): string[] =>
  kr(`${heading}\n${text}\n`).milestones.map(
    ({ description, dueDate, dris, certain }) =>
      `${description} | ${dueDate.date ?? '-'} | ${dris.join(' ')}${certain === false ? ' ?' : ''}`,
  );

const guide = 'Guide | 2026-12-04 | ann';
const course = 'Course | 2026-12-11 | bo';

describe('each form', () => {
  test.each<[string, string, string[]]>([
    [
      'groups by person, in headings',
      '### @ann\n- [ ] Guide (Dec 4)\n### @bo\n- [ ] Course (Dec 11)',
      [guide, course],
    ],
    ['groups by person, in lines', '@ann:\n- Guide, Dec 4\n\n@bo:\n- Course, Dec 11', [guide, course]],
    [
      'groups by person, in bullets',
      '- @ann\n  - Guide (Dec 4)\n- @bo\n  - Course (Dec 11)',
      [guide, course],
    ],
    ['a DRI in the heading of a group', '### Apps (DRI: @ann)\n- [ ] Guide - Dec 4', [guide]],
    [
      'groups by month',
      '### December\n- [ ] Guide (@ann, Dec 4)\n- [ ] Course (@bo, Dec 11)',
      [guide, course],
    ],
    ['steps below a dated heading', '### Guide (Dec 4, @ann)\n- [x] draft @cy\n- [ ] review', [guide]],
    ['steps below a dated item', '- [ ] Guide - Dec 4 - @ann\n  - [x] draft @cy Nov 20', [guide]],
    [
      'a table on its side',
      '| | Guide | Course |\n|---|---|---|\n| Owner | @ann | @bo |\n| Due | Dec 4 | Dec 11 |',
      [guide, course],
    ],
    ['one table each', '| Milestone 1 | Guide |\n|---|---|\n| Due | Dec 4 |\n| DRI | @ann |', [guide]],
    ['a table below each heading', '### Guide\n| Due | Owner |\n|---|---|\n| Dec 4 | @ann |', [guide]],
    [
      'a table with an empty head',
      '| | | |\n|---|---|---|\n| **What** | **Due** | **DRI** |\n| Guide | Dec 4 | @ann |',
      [guide],
    ],
    [
      'a table in parts, with a total',
      '| What | Due | DRI |\n|---|---|---|\n| **Phase 1** | | |\n| Guide | Dec 4 | @ann |\n| **Total** | | |',
      [guide],
    ],
    [
      'a table without a dash row',
      '| What | Due | DRI |\n| Guide | Dec 4 | @ann |\n| Course | Dec 11 | @bo |',
      [guide, course],
    ],
    ['a table of Jira', '||What||Due||DRI||\n|Guide|Dec 4|@ann|\n|Course|Dec 11|@bo|', [guide, course]],
    ['cells between tabs', 'What\tDue\tDRI\nGuide\tDec 4\t@ann\nCourse\tDec 11\t@bo', [guide, course]],
    ['cells without a header', 'Guide\tDec 4\t@ann\nCourse\tDec 11\t@bo', [`${guide} ?`, `${course} ?`]],
    ['lines without marks', 'Guide, Dec 4, @ann\nCourse, Dec 11, @bo', [guide, course]],
    ['paragraphs', 'Guide\nDue Dec 4, DRI @ann\n\nCourse\nDue Dec 11, DRI @bo', [guide, course]],
    ['semicolons', 'Guide (@ann, Dec 4); Course (@bo, Dec 11)', [`${guide} ?`, `${course} ?`]],
    ['collapsed blocks', '<details><summary>Guide</summary>\n\nDue: Dec 4\nDRI: @ann\n\n</details>', [guide]],
    [
      'paragraphs with a sign, dots between the fields and how far each is',
      '◆ **Guide** · Dec 4, 2026 · @ann · 60%\n\n◆ **Course** · Dec 11, 2026 · @bo · 0%',
      [guide, course],
    ],
    [
      'how far it is, behind the date',
      '- Guide · @ann · Dec 4 · In progress\n- Course | @bo | Dec 11 | 20% done',
      [guide, course],
    ],
    [
      'a mention and a day before the text',
      '- [ ] Dec 4, 2026 @ann Guide\n- [ ] @bo Dec 11, 2026 Course',
      [guide, course],
    ],
    [
      'a mention before the text',
      '- [ ] @ann Guide Dec 4, 2026\n- [ ] @bo Course by Dec 11',
      [guide, course],
    ],
    [
      'two columns between tabs',
      'Milestone\tDue date\nGuide @ann\tDec 4\nCourse @bo\tDec 11',
      [guide, course],
    ],
    [
      'fields beneath by the names of columns',
      '### Milestone 1\n- Was: Guide\n- Wer: @ann\n- Wann: 4. Dezember\n\n### Milestone 2\n- Cosa: Course\n- Chi: @bo\n- Quando: 11 dicembre',
      [guide, course],
    ],
    ['what was due', '- [ ] Guide (@ann)\n  - Due: Dec 4\n  - Was: Nov 27', [guide]],
    ['a goal of its own', '### Guide\n**Goal:** all read it\n**Due:** Dec 4\n**DRI:** @ann', [guide]],
  ])('%s', (_, text, expected) => {
    expect(under(text)).toEqual(expected);
  });
});

describe('what is next to the milestones drops out', () => {
  test.each<[string, string]>([
    ['metrics', '| Metric | Now | Target | Owner |\n|---|---|---|---|\n| Leaks | 4 | 0 | @cy |'],
    ['a team', '| Role | Person |\n|---|---|\n| Sponsor | @cy |'],
    ['a log', 'Log:\n- 2026-11-03 @cy met the vendor'],
    ['notes of a bot', '---\n_Updated by @bot on 2026-11-20_\n- triage: @bot 2026-11-20'],
    ['a sentence', 'More by Dec 20, ask @cy.'],
  ])('%s', (_, text) => {
    expect(under(`- [ ] Guide (@ann, Dec 4)\n- [ ] Course (@bo, Dec 11)\n\n${text}`)).toEqual([
      guide,
      course,
    ]);
  });
});

describe('doubt', () => {
  test('below a heading of the writer’s own', () => {
    expect(under('- [ ] Guide (@ann, Dec 4)\n- [ ] Course (@bo, Dec 11)', '## Q4 plan')).toEqual([
      `${guide} ?`,
      `${course} ?`,
    ]);
    expect(under('- Guide (@ann, Dec 4)', '## Q4 log')).toEqual([]);
  });

  test('one sentence is no list, a list without fields is one', () => {
    expect(under('We talk about it on Dec 4, ask @ann.')).toEqual([]);
    expect(under('- [ ] Guide\n- [ ] Course')).toEqual(['Guide | - | ', 'Course | - | ']);
  });

  test('people taken over from a group, and a state that nothing says', () => {
    const [inherited] = kr('## Milestones\n### @ann\n- [ ] Guide (Dec 4)').milestones;
    expect(inherited?.driCertain).toBe(false);
    const [row] = kr(
      '## Milestones\n| What | Due | DRI |\n|---|---|---|\n| Guide | Dec 4 | @ann |',
    ).milestones;
    expect(row?.stateCertain).toBe(false);
    const [beside, before] = kr(
      '## Milestones\n- [ ] Dec 4 @ann Guide\n- [ ] @bo Course by Dec 11',
    ).milestones;
    expect([beside?.driCertain, before?.driCertain]).toEqual([undefined, false]);
  });
});
