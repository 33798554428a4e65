import { describe, expect, test } from '@jest/globals';
import { createReader } from '../../src/parse/reader.ts';
import { calendar, grammar, kr, now, read } from './helpers.ts';

const leftovers = (text: string): string[] => kr(text).leftovers.map((one) => one.text);

describe('left-overs', () => {
  test.each<[string, number]>([
    ['## Milestones\n- [ ] Milestone 1: Description: `add here` Due Date: 2026-12-04 DRI: @ann', 1],
    ['## Milestones\n- [ ] Milestone 1: Description: a Due Date: add here DRI: add here', 2],
    ['## Milestones\n- [ ] a Due Date: 2026-12-04 DRI: @ann\n- etc.', 1],
    ['## Objective\nwhat is the desired outcome of this KR? How will you measure success?', 1],
    ['## Objective\n`what is the desired outcome of this KR? How will you measure success?`', 1],
    ['## Objective\nWhat is the desired outcome of this KR? We stop leaks.', 1],
    ['## Objective\nHow will you measure success? Weekly.', 1],
    ['`Issue Title: Fiscal Year Quarter KR# (OKR Title Reference) measurable title.`', 1],
    ['Issue Title: Fiscal Year Quarter KR#', 1],
    [
      '`Additional instructions: update due date of issue to final milestone due date and assign issue to overall DRI.`',
      1,
    ],
    ['## Ally OKR: `link to Ally OKR record`', 1],
    ['## Ally OKR: link to Ally OKR record', 1],
    [':scissors: Copy and paste the below into the GitLab Issue Description', 1],
    ['✂️ Copy and paste the below into the GitLab Issue Description', 1],
    ['## Objective\nwe add here the new runner', 0],
    [
      '## Milestones\n- [ ] Milestone 1: Description: add here the new runner Due Date: 2026-12-04 DRI: @ann',
      0,
    ],
    ['## Milestones\n- [ ] Milestone 1: Description: TBD Due Date: TBD DRI: TBD', 0],
    ['## Objective\nTBD', 0],
    ['## Objective\nServers, laptops etc. are patched.', 0],
    ['<!-- a comment of my own -->', 0],
    ['> `add here`', 0],
    ['```\n`add here`\n```', 0],
    ['', 0],
  ])('%j: %i', (text, count) => {
    expect(leftovers(text)).toHaveLength(count);
  });

  test('a comment of the template is meant to stay', () => {
    const template = `${grammar.kr.template}\n<!-- Tell your manager before you submit this. -->\n`;
    const own = createReader({ ...grammar, kr: { ...grammar.kr, template } }, calendar);
    const text = '## Objective\nx\n\n<!-- Tell your manager before you submit this. -->\n<!-- mine -->\n';
    const found = own.read('kr', text, { title: '', now }).leftovers.map((one) => one.text);
    expect(found).toEqual([]);
  });

  test('the untouched template is all placeholder', () => {
    const document = kr(grammar.kr.template);
    expect(document.okrLinkProblem).toBe('placeholder');
    expect(document.objective.problem).toBe('placeholder');
    expect(
      document.milestones.map((one) => [one.descriptionProblem, one.dueDate.problem, one.driProblem]),
    ).toEqual([
      ['placeholder', 'placeholder', 'placeholder'],
      ['placeholder', 'placeholder', 'placeholder'],
    ]);
    expect(document.leftovers.length).toBeGreaterThanOrEqual(9);
  });
});

describe('marks and encoding', () => {
  const text =
    '## Ally OKR: https://app.ally.io/objectives/1\n## Objective\nStop leaks.\n## Milestones\n- [x] Milestone 1: Description: a Due Date: 2026-12-04 DRI: @ann\n- [ ] Milestone 2: Description: b Due Date: 2026-12-11 DRI: @bo\n';
  const gist = (source: string) => {
    const { okrLink, objective, milestones, leftovers } = kr(source);
    return {
      url: okrLink?.url,
      objective: objective.text,
      milestones: milestones.map(({ description, dueDate, dris, state }) => [
        description,
        dueDate.date,
        dris,
        state,
      ]),
      leftovers: leftovers.length,
    };
  };
  const plain = gist(text);
  test.each<[string, string]>([
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['CR', text.replaceAll('\n', '\r')],
    ['mixed ends', text.replace('\n', '\r\n')],
    ['byte order mark', `﻿${text}`],
    ['no last newline', text.trimEnd()],
    ['tabs', text.replace('- [x] Milestone', '-\t[x]\tMilestone')],
    ['no-break spaces', text.replace('Due Date: 2026-12-04', 'Due Date: 2026-12-04')],
    ['trailing blanks', text.replaceAll('\n', '  \n')],
    ['leading rule', `---\n\n${text}`],
    ['table of contents', `[[_TOC_]]\n\n${text}`],
    ['badge', `[![build](https://x.example/b.svg)](https://x.example)\n\n${text}`],
    ['image', `![logo](logo.png)\n\n${text}`],
    ['comment', `<!-- OKR: https://app.ally.io/objectives/9 -->\n${text}`],
    ['quick actions', `/label ~KR\n/assign @zoe\n\n${text}\n/due 2026-12-31`],
    ['rules between', text.replaceAll('\n## ', '\n\n---\n\n## ')],
    ['details', `<details><summary>All of it</summary>\n\n${text}\n</details>`],
    ['emoji', text.replaceAll('## ', '## :rocket: ')],
    ['bold labels', text.replace(/(Due Date|DRI|Description):/g, '**$1:**')],
    ['stars', text.replaceAll('- [', '* [')],
    ['numbers', text.replaceAll('- [', '1. [')],
    ['deeper headings', text.replaceAll('## ', '#### ')],
    [
      'template comment',
      `${text}<!--\n- [ ] Milestone 9: Description: z Due Date: 2026-12-04 DRI: @zoe\n-->`,
    ],
    ['div', `<div>\n\n${text}\n</div>`],
  ])('%s has no meaning', (_, source) => {
    expect(gist(source)).toEqual(plain);
  });

  test('names and descriptions in other scripts', () => {
    const [one] = kr(
      '## Milestones\n- [ ] Milestone 1: Description: 鍵を交換する 🔑 – żółć Due Date: 2026-12-04 DRI: @ann',
    ).milestones;
    expect(one?.description).toBe('鍵を交換する 🔑 – żółć');
  });
});

describe('OKR, check-in and plan', () => {
  test('stakeholders of a dependency', () => {
    const { dependencies } = read(
      'okr',
      '### Dependencies\n* [x] Certificates (@gil, @ann)\n* [ ] Proxy - @kofi.m\n* [ ] Mail [tag @bo]\n* [ ] `dependency description` (tag stakeholder)\n* [~] Dropped one',
    );
    expect(
      dependencies.map(({ description, stakeholders, state }) => [description, stakeholders, state]),
    ).toEqual([
      ['Certificates', ['gil', 'ann'], 'done'],
      ['Proxy - @kofi.m', ['kofi.m'], 'open'],
      ['Mail', ['bo'], 'open'],
      ['', [], 'open'],
      ['Dropped one', [], 'inapplicable'],
    ]);
  });
  test.each([
    ['none', null],
    ['$0', null],
    ['0', null],
    ['30,000 EUR', null],
    ['TBD', 'placeholder'],
    ['`Any budget required to execute this OKR?`', 'placeholder'],
    ['`Any budget required to execute this OKR?` No', null],
    ['', 'empty'],
  ])('budget %j', (value, problem) => {
    expect(read('okr', `## Budget:\n${value}\n`).budget.problem).toBe(problem);
    expect(read('okr', `## Budget: ${value}\n`).budget.problem).toBe(problem);
  });
  test.each([
    ['## Weekly update\nAt Risk', 'at-risk'],
    ['## Weekly update\n`At Risk`', 'at-risk'],
    ['## Weekly update: On Schedule', 'on-track'],
    ['## Weekly Update\n**Behind Schedule**', 'off-track'],
    ['**Weekly update**\n\nOn Schedule', 'on-track'],
    ['## Weekly update\nStatus: At Risk', 'at-risk'],
    ['## Weekly update for Nov 16\nAt Risk', 'at-risk'],
    ['## Weekly update\n`On Schedule/At Risk/Behind Schedule`', '!placeholder'],
    ['## Weekly update\nOn Schedule/At Risk/Behind Schedule', '!placeholder'],
    ['## Weekly update\nOn Schedule/At Risk', '!several'],
    ['## Weekly update\n\n## Next steps\nx', '!missing'],
  ])('check-in status %j → %s', (text, expected) => {
    const { status } = read('check-in', text);
    expect(status.value ?? `!${status.problem}`).toBe(expected);
  });
  const epics = (text: string): string[] =>
    read('plan', text).epics.map((epic) => ('url' in epic ? epic.url : epic.ref));
  test.each<[string, string[]]>([
    ['Epic: https://gitlab.com/groups/sec/-/epics/52', ['https://gitlab.com/groups/sec/-/epics/52']],
    ['[the epic](https://gitlab.com/groups/a/b/-/epics/52)', ['https://gitlab.com/groups/a/b/-/epics/52']],
    ['see sec/forensics&9 and &44', ['sec/forensics&9', '&44']],
    ['`sec&9` and R&D, Q&A, AT&T, &amp; &#38; x&y', []],
    ['```\nsec&9\n```', []],
    ['> sec&9', []],
    ['\\&9', []],
    ['&9 &9', ['&9']],
    ['(&9), sec&10.', ['&9', 'sec&10']],
    ['https://gitlab.com/sec/x/-/issues/52', []],
    ['[epic:12]', ['[epic:12]']],
  ])('epics of %j', (text, expected) => {
    expect(epics(`# Plan\n\n${text}\n`)).toEqual(expected);
  });
  test.each([
    ['---\ntitle: "Session Binding"\n---\n\n## Summary\n', 'Session Binding'],
    ["---\r\nlayout: x\r\ntitle: 'Session: Binding'\r\n---\r\n\r\n# Other\r\n", 'Session: Binding'],
    ['---\ntitle: Session Binding\n---\n', 'Session Binding'],
    ['# Session Binding\n\ntext', 'Session Binding'],
    ['text\n\n## Session Binding', 'Session Binding'],
    ['---\nlayout: x\n---\n# Session Binding', 'Session Binding'],
    ['+++\ntitle = "Session Binding"\n+++\n# Other', 'Session Binding'],
  ])('title of %j', (text, expected) => {
    const { title } = read('plan', text);
    expect([title.text, title.problem]).toEqual([expected, null]);
    expect(title.place === null ? null : text.slice(title.place.start.offset, title.place.end.offset)).toBe(
      expected,
    );
  });
});

test('“etc.” right below the last item is a leftover, and not the name of anybody', () => {
  const document = kr(
    '## Milestones\n- [ ] Milestone 1: Description: Talk Due Date: 2026-12-11 DRI: @ann\netc.',
  );
  expect(document.leftovers.map(({ text }) => text)).toEqual(['etc.']);
  expect(document.milestones.map(({ driText }) => driText)).toEqual(['@ann']);
});
