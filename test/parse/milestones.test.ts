import { describe, expect, test } from '@jest/globals';
import { kr } from './helpers.ts';

/** Each milestone on a line: description | due | people | state. */
const milestones = (text: string): string[] =>
  kr(text).milestones.map(({ description, dueDate, dris, driProblem, state }) =>
    [description, dueDate.date ?? `!${dueDate.problem}`, dris.join(' ') || `!${driProblem}`, state[0]].join(
      ' | ',
    ),
  );
const under = (text: string): string[] => milestones(`## Milestones\n${text}\n`);
const guide = 'Publish the guide | 2026-12-04 | ann | o';

describe('one milestone in many forms', () => {
  test.each([
    '- [ ] Milestone 1: Description: Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- [ ] Milestone 1: Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- [ ] Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- M1 - Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- M1: Publish the guide, due 2026-12-04, DRI @ann',
    '- Milestone #1: Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- **Milestone 1**: Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- **Milestone 1:** Publish the guide **Due Date:** 2026-12-04 **DRI:** @ann',
    '- **Milestone 1** Publish the guide **Due Date**: 2026-12-04 **DRI**: @ann',
    '- [ ] (M1) Publish the guide; Due: 2026-12-04; DRI: @ann',
    '- [ ] [M1] Publish the guide; Due: 2026-12-04; DRI: @ann',
    '- [ ] Milestone 1: DRI: @ann Due Date: 2026-12-04 Description: Publish the guide',
    '- [ ] Milestone 1: Due Date: 2026-12-04 Description: Publish the guide DRI: @ann',
    '- [ ] Milestone 1: Description: Publish the guide, Due Date: 2026-12-04, DRI: @ann',
    '- [ ] Milestone 1: Publish the guide | Due: 2026-12-04 | DRI: @ann',
    '- [ ] Milestone 1: Publish the guide - Due: 2026-12-04 - DRI: @ann',
    '- [ ] Milestone 1: Publish the guide – Due: 2026-12-04 – DRI: @ann',
    '- [ ] Milestone 1: Publish the guide (Due: 2026-12-04, DRI: @ann)',
    '- [ ] Milestone 1: Publish the guide [Due: 2026-12-04] [DRI: @ann]',
    '- [ ] Milestone 1: Publish the guide (Due Date: 2026-12-04) (DRI: @ann)',
    '- [ ] Milestone 1 (Due: 2026-12-04, DRI: @ann): Publish the guide',
    '- [ ] Milestone 1: Publish the guide\n  Due Date: 2026-12-04\n  DRI: @ann',
    '- [ ] Milestone 1: Publish the guide\n  - Due Date: 2026-12-04\n  - DRI: @ann',
    '- [ ] Milestone 1\n  - Description: Publish the guide\n  - Due Date: 2026-12-04\n  - DRI: @ann',
    '- [ ] Milestone 1: Publish the guide\n\n  Due Date: 2026-12-04\n\n  DRI: @ann',
    '- [ ] Publish the guide\n  - 2026-12-04\n  - @ann',
    '- [ ] Publish the guide\n  - due 2026-12-04, DRI @ann',
    '- [ ] Milestone 1: Publish the guide Due Date 2026-12-04 DRI @ann',
    '- [ ] Milestone 1: Publish the guide Due = 2026-12-04, DRI = @ann',
    '- [ ] Milestone 1: Publish the guide Due Date - 2026-12-04 DRI - @ann',
    '- [ ] Publish the guide. Deadline: 2026-12-04. Owner: @ann',
    '- [ ] Publish the guide, ETA: 2026-12-04, Lead: @ann',
    '- [ ] Publish the guide, Target date: 2026-12-04, Assignee: @ann',
    '- [ ] Publish the guide, Due by: 2026-12-04, Responsible: @ann',
    '- [ ] What: Publish the guide, When: 2026-12-04, Who: @ann',
    '- [ ] Task: Publish the guide, Due: 2026-12-04, Owner: @ann',
    '- [ ] Deliverable: Publish the guide; Deadline: 2026-12-04; Owner: @ann',
    '- [ ] Publish the guide (@ann, 2026-12-04)',
    '- [ ] Publish the guide (2026-12-04, @ann)',
    '- [ ] Publish the guide (2026-12-04) @ann',
    '- [ ] Publish the guide (2026-12-04; @ann)',
    '- [ ] Publish the guide [@ann, Dec 4]',
    '- [ ] Publish the guide (@ann - Dec 4)',
    '- [ ] Publish the guide (@ann by Dec 4)',
    '- [ ] Publish the guide (due Dec 4, @ann)',
    '- [ ] Publish the guide - @ann - Dec 4',
    '- [ ] Publish the guide, @ann, Dec 4',
    '- [ ] Publish the guide | @ann | Dec 4',
    '- [ ] Publish the guide — 2026-12-04 — @ann',
    '- [ ] Publish the guide by December 4 (@ann)',
    '- [ ] Publish the guide by Dec 4, @ann',
    '- [ ] Publish the guide until 2026-12-04 (@ann)',
    '- [ ] Publish the guide before 2026-12-04 - @ann',
    '- [ ] Publish the guide @ann by Dec 4',
    '- [ ] Publish the guide @ann 2026-12-04',
    '- [ ] 2026-12-04: Publish the guide (@ann)',
    '- [ ] Dec 4 - Publish the guide - @ann',
    '- [ ] @ann: Publish the guide by 2026-12-04',
    '- [ ] @ann - Publish the guide - 2026-12-04',
    '- [ ] Milestone 1: Publish the guide. Due: 2026-12-04 (@ann)',
    '- [ ] Milestone 1: Publish the guide. DRI: @ann, by Dec 4',
    '1. Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '1. [ ] Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '* Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '+ [ ] Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '• Publish the guide, due 2026-12-04, DRI @ann',
    '-[ ] Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- [] Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- [-] Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '- [?] Publish the guide Due Date: 2026-12-04 DRI: @ann',
    '### Milestone 1: Publish the guide\n- Due Date: 2026-12-04\n- DRI: @ann',
    '### Milestone 1 - Publish the guide\nDue Date: 2026-12-04\nDRI: @ann',
    '### Publish the guide\n**Due Date:** 2026-12-04\n**DRI:** @ann',
    '### Milestone 1\nDescription: Publish the guide\nDue Date: 2026-12-04\nDRI: @ann',
    '### 1. Publish the guide\n* Due: 2026-12-04\n* Owner: @ann',
    '#### M1: Publish the guide (Due: 2026-12-04, DRI: @ann)',
    '**Milestone 1: Publish the guide**\n- Due Date: 2026-12-04\n- DRI: @ann',
    '**Milestone 1: Publish the guide**\n\nDue Date: 2026-12-04\n\nDRI: @ann',
    'Milestone 1: Publish the guide Due Date: 2026-12-04 DRI: @ann',
    'Milestone 1: Publish the guide\nDue Date: 2026-12-04\nDRI: @ann',
    '| Milestone | Due Date | DRI |\n|---|---|---|\n| Publish the guide | 2026-12-04 | @ann |',
    '| DRI | Deadline | What |\n|---|---|---|\n| @ann | 2026-12-04 | Publish the guide |',
    '| # | Description | Owner | ETA | Notes |\n|---|---|---|---|---|\n| 1 | Publish the guide | @ann | 2026-12-04 | by @bo |',
    '| **Task** | **When** | **Who** |\n|---|---|---|\n| Publish the guide | Dec 4 | @ann |',
    '- [ ] Milestone 1: Description: Publish the guide<br>Due Date: 2026-12-04<br>DRI: @ann',
    '- [ ] Milestone 1: Description: Publish\n  the guide Due Date:\n  2026-12-04 DRI:\n  @ann',
    '- [ ] ~~Milestone 1~~ Milestone 1: Publish the guide Due Date: 2026-12-04 DRI: @ann'.replace(
      '~~Milestone 1~~ ',
      '',
    ),
  ])('%j', (text) => {
    expect(under(text).map((line) => line.replace('guide. ', 'guide '))).toEqual([guide]);
  });
});

describe('structure', () => {
  test.each<[string, string[]]>([
    [
      '- [x] a Due: 2026-12-04 DRI: @ann\n- [X] b Due: 2026-12-04 DRI: @ann\n- [~] c Due: 2026-12-04 DRI: @ann',
      ['a | 2026-12-04 | ann | d', 'b | 2026-12-04 | ann | d', 'c | 2026-12-04 | ann | i'],
    ],
    [
      '- [ ] Milestone 1: Description: `add here` Due Date: `add here` DRI: `add here`\n- etc.',
      [' | !placeholder | !placeholder | o'],
    ],
    [
      '- [ ] Milestone 1: Description: add here Due Date: add here DRI: add here\n- ...',
      [' | !placeholder | !placeholder | o'],
    ],
    ['- [ ] #412', ['#412 | !missing | !missing | o']],
    [
      'Agreed on 2026-11-01 with @kofi.\n\n- [ ] a (@ann, Dec 4)\n\nMore by Dec 20, ask @bo.',
      ['a | 2026-12-04 | ann | o'],
    ],
    ['- [ ] a (@ann, Dec 4)\n  - [x] first\n  - [ ] second', ['a | 2026-12-04 | ann | o']],
    [
      '- Export\n  - [ ] a (@ann, Dec 4)\n  - [x] b (@bo, Dec 11)',
      ['a | 2026-12-04 | ann | o', 'b | 2026-12-11 | bo | d'],
    ],
    [
      '### Phase 1\n- [ ] a (@ann, Dec 4)\n### Phase 2\n- [ ] b (@bo, Dec 11)',
      ['a | 2026-12-04 | ann | o', 'b | 2026-12-11 | bo | o'],
    ],
    ['- [ ] a (@ann, Dec 4)\n### Dependencies\n- [ ] x (@bo, Dec 11)', ['a | 2026-12-04 | ann | o']],
    ['- [ ] a (@ann, Dec 4)\n\n**Definition of done**\n- [ ] x (@bo, Dec 11)', ['a | 2026-12-04 | ann | o']],
    ['- [ ] a (@ann, Dec 4)\n## Risks\n- [ ] x (@bo, Dec 11)', ['a | 2026-12-04 | ann | o']],
    [
      '- [ ] a (@ann, Dec 4)\n## Stretch milestones\n- [ ] b (@bo, Dec 11)',
      ['a | 2026-12-04 | ann | o', 'b | 2026-12-11 | bo | o'],
    ],
    [
      '- [ ] a (@ann, Dec 4)\n## Milestones (cont.)\n- [ ] b (@bo, Dec 11)',
      ['a | 2026-12-04 | ann | o', 'b | 2026-12-11 | bo | o'],
    ],
    ['> - [ ] old (@ann, Dec 4)\n\n- [ ] a (@ann, Dec 4)', ['a | 2026-12-04 | ann | o']],
    ['>>>\n- [ ] old (@ann, Dec 4)\n>>>\n\n- [ ] a (@ann, Dec 4)', ['a | 2026-12-04 | ann | o']],
    ['```\n- [ ] old (@ann, Dec 4)\n```\n- [ ] a (@ann, Dec 4)', ['a | 2026-12-04 | ann | o']],
    ['<!--\n- [ ] old (@ann, Dec 4)\n-->\n- [ ] a (@ann, Dec 4)', ['a | 2026-12-04 | ann | o']],
    [
      '<details><summary>Archived</summary>\n\n- [ ] old (@ann, Dec 4)\n\n</details>\n\n- [ ] a (@ann, Dec 4)',
      ['a | 2026-12-04 | ann | o'],
    ],
    ['<details>\n<summary>More</summary>\n- [ ] a (@ann, Dec 4)\n</details>', ['a | 2026-12-04 | ann | o']],
    [
      '<details>\n<summary>\nPrevious plan\n</summary>\n- [ ] old (@ann, Dec 4)\n</details>\n- [ ] a (@ann, Dec 4)',
      ['a | 2026-12-04 | ann | o'],
    ],
    ['- [ ] a (@ann, Dec 4)\n/label ~KR\n/due 2026-12-31', ['a | 2026-12-04 | ann | o']],
    ['- [ ] a Due: 2026-12-04 DRI: @ann\n/assign @bo', ['a | 2026-12-04 | ann | o']],
    ['', []],
    ['TBD', []],
    ['- [ ] DONE a Due: 2026-12-04 DRI: @ann', ['DONE a | 2026-12-04 | ann | o']],
    [
      '| Milestone | Due | DRI | Status |\n|--|--|--|--|\n| a | 2026-12-04 | @ann | Done |\n| b | | | ✅ |\n| c | TBD | ? | In progress |\n| d | - | - | N/A |\n| e | | | :white_check_mark: |\n| f | | | |\n| g | | | Dropped |',
      [
        'a | 2026-12-04 | ann | d',
        'b | !missing | !missing | d',
        'c | !placeholder | !placeholder | o',
        'd | !missing | !missing | i',
        'e | !missing | !missing | d',
        'f | !missing | !missing | o',
        'g | !missing | !missing | i',
      ],
    ],
    [
      '- [ ] Milestone 1: a with `Due Date: 2026-01-01` and "DRI: @x" in it Due Date: 2026-12-04 DRI: @ann',
      ['a with Due Date: 2026-01-01 and "DRI: @x" in it | 2026-12-04 | ann | o'],
    ],
    [
      '- [ ] Milestone 1: Description: Note: see https://x.example/a:b for v12.4, 8/10 teams, due to CVE-2026-1104 Due Date: 2026-12-04 DRI: @ann',
      ['Note: see https://x.example/a:b for v12.4, 8/10 teams, due to CVE-2026-1104 | 2026-12-04 | ann | o'],
    ],
    [
      '- [ ] Milestone 1: Description: Close what is overdue since 2026-09-30 with @zoe Due Date: 2026-12-04 DRI: @ann',
      ['Close what is overdue since 2026-09-30 with @zoe | 2026-12-04 | ann | o'],
    ],
    ['- [ ] Milestone 1: Description: a Due Date: DRI: @ann', ['a | !missing | ann | o']],
    ['- [ ] Milestone 1: Description: a Start: Nov 2 Due: Nov 27 DRI: @ann', ['a | 2026-11-27 | ann | o']],
    [
      '- [ ] Milestone 1: Description: a Start Date: Nov 2 End Date: Nov 27 DRI: @ann',
      ['a | 2026-11-27 | ann | o'],
    ],
    ['- [ ] Move 24/7 rota to 8/10 teams', ['Move 24/7 rota to 8/10 teams | !missing | !missing | o']],
    [
      '- [ ] Fix findings of the 2026-10-02 audit (@ann)',
      ['Fix findings of the 2026-10-02 audit | !missing | ann | o'],
    ],
    ['- [ ] Publish by mid-December (@ann)', ['Publish | !not-a-date | ann | o']],
    ['- [ ] Publish (@ann, TBD)', ['Publish | !placeholder | ann | o']],
    ['- [ ] Publish (@ann, December)', ['Publish | !not-a-date | ann | o']],
    ['- [ ] Publish (Ann Lee, Dec 4)', ['Publish | 2026-12-04 | !not-a-mention | o']],
    ['- [ ] Publish (TBD, Dec 4)', ['Publish | 2026-12-04 | !placeholder | o']],
    ['- [ ] Publish by EOQ (@ann)', ['Publish | 2027-01-31 | ann | o']],
    ['- [ ] Publish by Nov 20 or Nov 27 (@ann)', ['Publish | !ambiguous | ann | o']],
    ['- [ ] Publish (@ann and @bo, Dec 4)', ['Publish | 2026-12-04 | ann bo | o']],
    [
      '- [x] Milestone 1: a Due Date: 2026-12-04 DRI: @ann\n\n  Done on Nov 30, thanks @bo.',
      ['a | 2026-12-04 | ann | d'],
    ],
  ])('%j', (text, expected) => {
    expect(under(text)).toEqual(expected);
  });
});

describe('headings and none', () => {
  const item = '- [ ] a Due: 2026-12-04 DRI: @ann';
  test.each([
    '# Milestones',
    '#### MILESTONES:',
    '## Milestones ##',
    '**Milestones**\n',
    '**Milestones:**\n',
    '__Milestones__\n',
    '##Milestones',
    'Milestones:\n',
    'Milestones\n',
    'Milestones\n---',
    '## Key milestones',
    '## Milestones & deliverables',
    '## Milestones and dates',
    '## 🏁 Milestones',
    '## :checkered_flag: Milestones',
    '## 3. Milestones',
    '## 3) Milestones',
    '## III. Milestones',
    '## **Milestones**',
    '## Milestones (draft)',
    '## Milestones for Q4',
    '## Our milestones',
    '## Project Milestones',
    '## _Milestones_',
    '* * *\n## Milestones',
    '## Milestones 🎉',
    '<summary>Milestones</summary>',
    '## Deliverables',
    '**3. Milestones**\n',
    '## Milestones / Deliverables',
    '## Milestone',
    '## KR milestones',
    '#Milestones',
    '*Milestones*\n',
    '### Milestones -',
    '## `Milestones`',
    '## [Milestones](https://example.com)',
    '## Milestones: see board',
  ])('%j', (heading) => {
    expect(milestones(`## Objective\nx\n\n${heading}\n${item}\n`)).toEqual(['a | 2026-12-04 | ann | o']);
  });
  test('labelled items need no heading, other lists do', () => {
    expect(
      milestones(`## Plan B\n- [ ] Milestone 1: a Due: 2026-12-04 DRI: @ann\n- [ ] other (@bo, Dec 4)`),
    ).toEqual(['a | 2026-12-04 | ann | o']);
    expect(milestones(`## Notes\n${item}`)).toEqual([]);
  });
});

describe('OKR link and objective', () => {
  const url = 'https://app.ally.io/objectives/77001';
  const link = (text: string): string => {
    const { okrLink, okrLinkProblem } = kr(text);
    return okrLink === null ? `!${okrLinkProblem}` : `${okrLink.where}:${okrLink.url}`;
  };
  test.each([
    `## Ally OKR: ${url}`,
    `## Ally OKR\n${url}`,
    `## Ally OKR\n\n* ${url}`,
    `## Ally OKR: [Key Care](${url})`,
    `## Ally OKR [Key Care](${url})`,
    `## Ally OKR ${url}`,
    `## [Ally OKR](${url})`,
    `**OKR:** ${url}`,
    `**Ally OKR**: ${url}`,
    `- OKR record: ${url}`,
    `- **OKR**: [Key Care](${url})`,
    `Ally: ${url}`,
    `OKR - ${url}`,
    `| Field | Value |\n|---|---|\n| OKR | ${url} |\n| Team | AppSec |`,
    `| OKR | ${url} |\n|---|---|`,
    `## OKR\n<${url}>`,
    `## OKR\nSee ${url}.`,
    `## OKR\n(${url})`,
    `## OKR\n[Key Care][1]\n\n[1]: ${url}`,
    `## OKR\nDashboard https://app.ally.io/public/abc and record ${url}`,
    `## OKR\n${url} and https://app.ally.io/objectives/9`,
    `## Parent OKR\n${url}`,
    `OKR → ${url}`,
  ])('%j is the link', (text) => {
    expect(link(text)).toBe(`section:${url}`);
  });
  test.each([
    [`## Which OKR is this for?\n${url}`, `section:${url}`],
    [`## OKR of last quarter\n${url}`, `elsewhere:${url}`],
    [`## Related links\n- ${url}`, `elsewhere:${url}`],
    [`This supports [Key Care](${url}).`, `elsewhere:${url}`],
    [`## Ally OKR: \`link to Ally OKR record\`\n## Links\n${url}`, `elsewhere:${url}`],
    ['## Ally OKR: `link to Ally OKR record`', '!placeholder'],
    ['## Ally OKR: link to Ally OKR record', '!placeholder'],
    ['## Ally OKR: TBD', '!placeholder'],
    ['## Ally OKR: will be added', '!placeholder'],
    ['## Ally OKR: will be added when Kay is back', '!placeholder'],
    ['## Ally OKR: Key Care (see Ally)', '!not-a-link'],
    ['## Ally OKR: https://app.ally.io/teams/12/objectives', '!not-a-record'],
    ['## Ally OKR: https://app.ally.io/public/LapgIqsF71w504a', '!not-a-record'],
    ['## Ally OKR: https://docs.example.com/okr', '!not-a-record'],
    ['## Ally OKR\n\n## Objective\nx', '!missing'],
    ['## Objective\nx', '!missing'],
    [
      '## Ally OKR\nhttps://gitlab.com/groups/sec/-/epics/12',
      'section:https://gitlab.com/groups/sec/-/epics/12',
    ],
    [
      '## Ally OKR\nhttps://gitlab.com/sec/okrs/-/issues/12',
      'section:https://gitlab.com/sec/okrs/-/issues/12',
    ],
    ['## Links\nhttps://gitlab.com/groups/sec/-/epics/12', '!missing'],
    [`\`${url}\``, '!missing'],
    [`> ${url}`, '!missing'],
    [`<!-- ${url} -->`, '!missing'],
    [`## OKR\n\`\`\`\n${url}\n\`\`\``, '!missing'],
    [`## OKR\n~~${url}~~`, '!missing'],
    [`## Ally OKR: ${url}?time_period_id=9`, `section:${url}?time_period_id=9`],
  ])('%j → %s', (text, expected) => {
    expect(link(text)).toBe(expected);
  });

  const objective = (text: string): string => {
    const { text: read, problem } = kr(text).objective;
    return problem === null ? read : `!${problem}`;
  };
  test.each([
    ['## Objective\nStop leaks.', 'Stop leaks.'],
    ['## Objective: Stop leaks', 'Stop leaks'],
    ['## Objective: Stop\nleaks', 'Stop\nleaks'],
    ['**Goal:** Stop leaks', 'Stop leaks'],
    ['Objective: Stop leaks', 'Stop leaks'],
    ['## Desired outcome\nStop leaks', 'Stop leaks'],
    ['## :dart: Objective\nStop leaks', 'Stop leaks'],
    ['## Objective\nStop\n\n### How we measure\nweekly\n\n## Risks\nx', 'Stop\nHow we measure\nweekly'],
    ['## Objective\n`what is the desired outcome of this KR? How will you measure success?`', '!placeholder'],
    ['## Objective\nwhat is the desired outcome of this KR? How will you measure success?', '!placeholder'],
    [
      '## Objective\n`what is the desired outcome of this KR? How will you measure success?` Stop leaks',
      'Stop leaks',
    ],
    ['## Objective\n`what is the desired outcome of this KR?`\nStop leaks', 'Stop leaks'],
    ['## Objective\nTBD', '!placeholder'],
    ['## Objective\n\n## Milestones', '!empty'],
    ['## Milestones', '!missing'],
    ['## Objective\n> quoted\n\nStop leaks', 'Stop leaks'],
    ['## Objective\n![x](y.png)\nStop leaks <!-- no --> now', 'Stop leaks now'],
    ['## Objective\nwe add here the new runner', 'we add here the new runner'],
    ['## Objective\n- Stop leaks\n- Find leaks', 'Stop leaks\nFind leaks'],
    ['## Objective\n`Stop leaks`', 'Stop leaks'],
    ['## Objective\n> [!note]\n> Stop leaks', 'Stop leaks'],
    ['## Objective\nStop leaks\n/label ~x', 'Stop leaks'],
    ['## Objective\nStop a\\_b \\*c\\* &amp; d', 'Stop a_b *c* & d'],
    ['| | |\n|--|--|\n| Objective | Stop leaks |', 'Stop leaks'],
  ])('%j → %s', (text, expected) => {
    expect(objective(text)).toBe(expected);
  });
});
