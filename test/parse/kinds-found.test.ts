import { describe, expect, test } from '@jest/globals';
import { createReader } from '../../src/parse/reader.ts';
import { calendar, grammar, kr, milestone, now, read, title } from './helpers.ts';

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
      'several on the line of the heading, a semicolon between them',
      'Milestones: (a) store keys, due 2026-12-04, DRI @ann; (b) count keys, due 2026-12-11, DRI @bo.\n',
      ['store keys | 2026-12-04 | ann', 'count keys | 2026-12-11 | bo'],
    ],
    [
      'a sentence for each, next to one about something else',
      '## Milestones\n\nThree are planned. Keys are stored, due date December 4th, DRI is @ann. Keys are counted, due date December 11th, DRI is @bo.\n',
      ['Keys are stored | 2026-12-04 | ann', 'Keys are counted | 2026-12-11 | bo'],
    ],
    [
      'blocks of plain lines',
      '# Milestones\n\nStore keys\nStatus: Done\nAssign: @ann\nDue: 2026-12-04\n\nCount keys\nStatus: In progress\nAssign: @bo\nDue: 2026-12-11\n',
      ['Store keys | 2026-12-04 | ann | done', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'the same without empty lines, and properties of the tool among them',
      'Milestones\n\nStore keys\nAssign: @ann\nPriority: High\nDue: 2026-12-04\nCount keys\nAssign: @bo\nPriority: Low\nDue: 2026-12-11\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'blocks whose first lines look like fields of their own',
      '## Milestones\n\nKeys: store them\nOwner: @ann\nDue: 2026-12-04\nKeys: count them\nOwner: @bo\nDue: 2026-12-11\n',
      ['Keys: store them | 2026-12-04 | ann', 'Keys: count them | 2026-12-11 | bo'],
    ],
    [
      'each line a paragraph, the last block still open',
      '## Milestones\n\nStore keys\n\nOwner: @ann\n\nDue date: 2026-12-04\n\nCount keys\n\nOwner: TBD\n\nDue date: TBD\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | placeholder'],
    ],
    [
      'an outline of org-mode',
      '* Milestones\n** DONE Store keys\n   DEADLINE: <2026-12-04 Fri>\n   Owner: @ann\n** TODO Count keys\n   DEADLINE: <2026-12-11 Fri>\n   Owner: @bo\n',
      ['Store keys | 2026-12-04 | ann | done', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'numbers in words',
      'Milestone one: store keys. @ann has it, by Dec 4.\nThe second milestone is count keys, @bo, Dec 11.\n',
      ['store keys. @ann has it | 2026-12-04 | ann', 'count keys | 2026-12-11 | bo'],
    ],
    [
      'progress and an emoji behind the people',
      '## Milestones\n\n- Store keys · Dec 4 · @ann · 3/4 tasks\n- Count keys @bo 🕒 Dec 11\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'a box of another editor',
      '> [!todo] Milestones\n> - Store keys · @ann · Dec 4\n> - Count keys · @bo · Dec 11\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'one whose words have semicolons',
      '## Milestones\n\nKeys are stored; then counted; then listed, due date 2026-12-04, DRI: @ann.\n',
      ['Keys are stored; then counted; then listed | 2026-12-04 | ann'],
    ],
    [
      'what a label means, in brackets behind it',
      '## Milestones\n\n### Milestone 1: Store keys\n\n- **Due Date (final):** 2026-12-04\n- **Directly Responsible Individual (DRI):** @ann\n',
      ['Store keys | 2026-12-04 | ann'],
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
    [
      'rows that sum up the others are none',
      '## Milestones\n\n| Milestone | Due | DRI | Progress |\n|---|---|---|---|\n| Store keys | 2026-12-04 | @ann | 30% |\n| Count keys | 2026-12-11 | @bo | 20% |\n| Total (2) | 2026-12-11 | | 50% |\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'the same in another language, the sum on its own',
      '## Meilensteine\n\n| Meilenstein | Fällig | Zuständig | Fortschritt |\n|---|---|---|---|\n| Schlüssel zählen | 2026-12-04 | @ann | 30 % |\n| Summe | | | 30 % |\n',
      ['Schlüssel zählen | 2026-12-04 | ann'],
    ],
    [
      'a table on its side',
      '## Milestones\n\n| | 1 | 2 |\n|---|---|---|\n| Milestone | Store keys | Count keys |\n| Due | 2026-12-04 | 2026-12-11 |\n| DRI | @ann | @bo |\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'a table with tabs between its cells',
      '## Milestones\n\nMilestone\tDue\tDRI\nStore keys\t2026-12-04\t@ann\nCount keys\t2026-12-11\t@bo\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'done by a sign, a label or the last words',
      '## Milestones\n\n- 🟢 Done: Store keys (@ann, Dec 4)\n- Count keys (@bo, Dec 11) 🟢 Done\n- Move keys | @li | Dec 18 | ✅ Done\n',
      [
        'Store keys | 2026-12-04 | ann | done',
        'Count keys | 2026-12-11 | bo | done',
        'Move keys | 2026-12-18 | li | done',
      ],
    ],
    [
      'done and opened again',
      '## Milestones\n\n| Milestone | Due | DRI | Status |\n|---|---|---|---|\n| Store keys | 2026-12-04 | @ann | Done last quarter, reopened |\n',
      ['Store keys | 2026-12-04 | ann'],
    ],
    [
      'headings of months, one of them empty',
      '## Milestones\n\n### December\n\n- [ ] Store keys (@ann, Dec 4)\n\n### January\n\n- [ ] Count keys (@bo, Jan 8)\n\n### February\n\nNothing. The audit on Feb 9, 2027 looks at it (auditor: @cy).\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2027-01-08 | bo'],
    ],
    [
      'a column of states and colours',
      '## Milestones\n\n| Milestone | Due | DRI | RAG |\n|---|---|---|---|\n| Store keys | 2026-11-20 | @ann | Done |\n| Count keys | 2026-12-11 | @bo | Amber |\n',
      ['Store keys | 2026-11-20 | ann | done', 'Count keys | 2026-12-11 | bo'],
    ],
    [
      'what is before a dash, or two spaces, says nothing of the day behind it',
      '## Milestones\n\n- 6 offers signed - Dec 4 - @ann\n- Mail from the vendors  Dec 11, 2026  @bo\n- 4% in December - 18 Dec - @li\n',
      [
        '6 offers signed | 2026-12-04 | ann',
        'Mail from the vendors | 2026-12-11 | bo',
        '4% in December | 2026-12-18 | li',
      ],
    ],
    [
      'brackets and commas of East Asian keyboards',
      '## Milestones\n\n- [ ] 鍵の保管（12月4日まで、@ann）\n- [ ] 鍵の数え上げ（12月11日、@bo）\n',
      ['鍵の保管 | 2026-12-04 | ann', '鍵の数え上げ | 2026-12-11 | bo'],
    ],
    [
      'a day that something is done by',
      '## Milestones\n\n- [ ] Store keys - @ann - done by December 4\n- [ ] Count keys, ETA slipped from Dec 4 to Dec 11, @bo\n- [ ] Move keys, to be completed by 18.12. (@li)\n',
      ['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo', 'Move keys | 2026-12-18 | li'],
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
    ['DRI: @_jd_', []],
    ['DRI: ☐ @ann ☒ @bo', ['bo']],
    ['DRI: por definir (preguntar a @bo)', []],
    ['DRI: à désigner par @bo', []],
  ])('%s', (text, dris) => {
    expect(item(`Due Date: 2026-12-04 ${text}`).dris).toEqual(dris);
  });

  test.each<[string, string]>([
    ['moved from 4 to 11 December', '2026-12-11'],
    ['30.11.–04.12.2026', '2026-12-04'],
    ['14.12.2026 @19.00', '2026-12-14'],
    ['18.12.2026, 23.59.', '2026-12-18'],
    ['👉 Dec 18 👈', '2026-12-18'],
    ['☐ 2026-12-04 ☒ 2026-12-11', '2026-12-11'],
    ['depends on the board meeting of 2026-12-11', 'not-a-date'],
  ])('a due date: %s', (text, day) => {
    const { dueDate } = item(`Due Date: ${text} DRI: @ann`);
    expect(dueDate.date ?? dueDate.problem).toBe(day);
  });

  test.each<[string, string | null]>([
    ['Contract signed 👉 Dec 18 👈 (DRI @ann)', '2026-12-18'],
    ['Contract signed, handed over Dec 18 at the latest. DRI: @ann', '2026-12-18'],
    ['New lift runs. Was due Nov 20, new date to be agreed. DRI: @ann', null],
    ['Shaft cleaned. Due: three weeks after the permit (applied for on 2026-11-10). DRI: @ann', null],
  ])('a due date in a sentence: %s', (text, day) => {
    expect(milestone(`- [ ] ${text}`).dueDate.date).toBe(day);
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
    ['Scanner ausliefern (@bo) Anfang Dezember', ['bo'], 'Anfang Dezember'],
    ['Ship the scanner @bo early Dec', ['bo'], 'early Dec'],
    ['Ship the scanner in early December (@bo)', ['bo'], 'in early December'],
    ['Ship the scanner — mid-December — @bo', ['bo'], 'mid-December'],
    ['List of accounts: December, @bo', ['bo'], 'December'],
  ])('a vague time at the end hides no one and is no missing date: %s', (text, dris, raw) => {
    const found = milestone(`- [ ] ${text}`);
    expect([found.dris, found.driProblem]).toEqual([dris, null]);
    expect([found.dueDate.problem, found.dueDate.raw]).toEqual(['not-a-date', raw]);
  });
});

test.each<[string, string[], boolean]>([
  ['@bo ships the scanner by Dec 3rd', ['bo'], true],
  ['@bo and @li ship the scanner by Dec 3rd', ['bo', 'li'], true],
  ['@bo declined; the scanner ships by Dec 3rd', [], false],
  ['Ship the scanner by Dec 3 (@bo to confirm)', ['bo'], true],
])('who a sentence begins with is read with doubt: %s', (text, dris, doubtful) => {
  const found = milestone(`- [ ] ${text}`);
  expect([found.dris, found.driCertain === false]).toEqual([dris, doubtful]);
});

test('a DRI and a day that are both open each have their own words', () => {
  const { driText, driProblem, dueDate } = milestone('- [ ] Ship the scanner - DRI tbd, sometime in January');
  expect([driText, driProblem]).toEqual(['tbd', 'placeholder']);
  expect([dueDate.raw, dueDate.problem]).toEqual(['sometime in January', 'not-a-date']);
});

describe('updates', () => {
  const update = (text: string) => read('weekly-update', text);

  test.each<[string, string | null]>([
    ['- [ ] On Track\n- [x] Requires Escalation\n', 'requires-escalation'],
    ['[x] On Track [ ] Requires Escalation\n', 'on-track'],
    ['☑ On Track ☐ Requires Escalation\n', 'on-track'],
  ])('the box that is ticked: %j', (boxes, value) => {
    const { status } = update(`## Weekly KR Update for the week of 2026-11-16\n\nStatus:\n${boxes}`);
    if (value === 'on-track') expect(status.value).toBe(value);
    else expect(status.value).not.toBe('on-track');
  });

  test.each<[string, number | null]>([
    ['planned 60%, actual 45%', 45],
    ['45% (was 30%)', 45],
    ['45% of 60% planned', 45],
    ['45 % von 60 % geplant', 45],
  ])('of several percentages what is done: %s', (text, value) => {
    const { percentComplete } = update(
      `## Weekly KR Update for the week of 2026-11-16\nPercentage complete: ${text}\n`,
    );
    expect(percentComplete.value).toBe(value);
  });

  test.each<[string, string]>([
    ['Status: not at risk any more, on track', 'on-track'],
    ['Status: not on track, blocked', 'off-track'],
  ])('what a status is not does not count: %s', (text, value) => {
    expect(update(`## Weekly KR Update for the week of 2026-11-16\n${text}\n`).status.value).toBe(value);
  });

  test('about so much, and a range of days joined by several words', () => {
    const { percentComplete, weekOf } = update(
      '## Update week 47 (16 t/m 20 november 2026)\nAvancement : environ 60 %\n',
    );
    expect([percentComplete.value, weekOf.date]).toEqual([60, '2026-11-16']);
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

  test('an old record before the present one', () => {
    const url = (number: number): string => `https://app.ally.io/objectives/${number}`;
    const { okrLink } = kr(`## Ally OKR\n\nOld record of Q3: ${url(1)}\n\nRecord: ${url(2)}\n`);
    expect(okrLink?.url).toBe(url(2));
  });

  test.each([
    ['below its heading', '## Milestones\n\n<!--\n- [ ] Store keys (@ann, Dec 4)\n-->\n', true],
    ['never closed', '<!-- notes\n\n## Milestones\n\n- [ ] Store keys (@ann, Dec 4)\n', false],
  ])('text in a comment is said to be hidden: %s', (_, text, closed) => {
    const { milestones, milestonesHidden } = kr(`## Objective\n\nNo old keys\n\n${text}`);
    expect([milestones.length, milestonesHidden?.closed]).toEqual([0, closed]);
  });

  test('a no-break space behind the mark of a list', () => {
    const text =
      '## Milestones\n\n- [ ]\u00A0Store keys (@ann, Dec 4)\n- [ ]\u00A0Count keys (@bo, Dec 11)\n';
    expect(items(text)).toEqual(['Store keys | 2026-12-04 | ann', 'Count keys | 2026-12-11 | bo']);
  });
});

describe('the template of a team', () => {
  const template = `## Objective

\`what is it for?\`

- [ ] Security has read this
- [Handbook](https://example.com/okrs)

## Milestones

- [ ] Milestone 1: Description: [what] Due Date: YYYY-MM-DD DRI: [who]

| Role | Person |
|---|---|
| Sponsor | Ada Low |

_Questions: the OKR channel_

<!-- kept for a script -->
`;
  const own = createReader({ ...grammar, kr: { ...grammar.kr, template } }, calendar);
  const leftovers = (text: string): string[] =>
    own.read('kr', text, { title, now }).leftovers.map((one) => one.text);

  test('only what is to be replaced is left over: not checklists, links, roles, footers and comments', () => {
    const filled = template
      .replace('`what is it for?`', 'No old keys')
      .replace('[what]', 'Store keys')
      .replace('YYYY-MM-DD', '2026-12-04')
      .replace('[who]', '@ann');
    expect(leftovers(filled)).toEqual([]);
    const found = leftovers(template);
    expect(found).toHaveLength(4);
    for (const part of ['what is it for', 'what', 'YYYY-MM-DD', 'who'])
      expect(found.join(' ')).toContain(part);
  });
});

test.each([
  [
    'headings of a wiki',
    '== Ally OKR ==\nhttps://app.ally.io/objectives/7\n\n== Objective ==\nNo old keys.\n',
  ],
  [
    'boxes of GitLab with a title',
    '> [!note] Ally OKR\n> https://app.ally.io/objectives/7\n\n> [!tip] Objective\n> No old keys.\n',
  ],
  [
    'names that are a sentence by themselves',
    'Ally OKR https://app.ally.io/objectives/7\n\nObjective. No old keys.\n',
  ],
])('sections: %s', (_, text) => {
  const { okrLink, objective } = kr(text);
  expect([okrLink?.url, objective.text]).toEqual(['https://app.ally.io/objectives/7', 'No old keys.']);
});
