import { describe, expect, test } from '@jest/globals';
import { read } from './helpers.ts';

const update = (lines: string) =>
  read(
    'weekly-update',
    `## Weekly KR Update for the week of 2026-11-16\n${lines}\n\n## Completed\n* a\n\n## Next steps\n* b\n`,
  );
const freely = (text: string) => read('weekly-update', text);
const status = (value: string): string => {
  const { value: read, problem } = update(`Status: ${value}\nPercentage complete: 40%`).status;
  return read ?? `!${problem}`;
};
const percent = (value: string): string => {
  const { value: read, problem } = update(`Status: On Track\nPercentage complete: ${value}`).percentComplete;
  return read === null ? `!${problem}` : String(read);
};

describe('status', () => {
  test.each([
    [':warning: - Requires Escalation', 'at-risk'],
    [':white_check_mark: - On Track', 'on-track'],
    [':octagonal_sign: - Blocked', 'off-track'],
    [':warning:', 'at-risk'],
    ['requires escalation', 'at-risk'],
    ['REQUIRES ESCALATION', 'at-risk'],
    ['✅', 'on-track'],
    ['⚠️', 'at-risk'],
    ['⚠', 'at-risk'],
    ['🛑', 'off-track'],
    ['✅ On Track', 'on-track'],
    ['On Track ✅', 'on-track'],
    ['on-track', 'on-track'],
    ['No longer on track. We are blocked by procurement.', 'off-track'],
    ['`On Track`', 'on-track'],
    ['**On Track**', 'on-track'],
    ['At Risk', 'at-risk'],
    ['Needs Attention', 'at-risk'],
    ['Behind Schedule', 'off-track'],
    ['Off track', 'off-track'],
    ['off-track', 'off-track'],
    ['On Schedule', 'on-track'],
    ['Green', 'on-track'],
    ['yellow', 'at-risk'],
    ['amber', 'at-risk'],
    ['Red', 'off-track'],
    ['🟢', 'on-track'],
    ['🟡', 'at-risk'],
    ['🔴', 'off-track'],
    [':green_circle: On track', 'on-track'],
    ['~~On Track~~ At Risk', 'at-risk'],
    ['On Track → At Risk', 'at-risk'],
    ['On Track (one dependency at risk)', 'on-track'],
    ['On Track, but mobile may be blocked next week', 'on-track'],
    ['On Track - waiting for legal', 'on-track'],
    ['On Track. One dependency is at risk.', 'on-track'],
    ['At risk because we are blocked by legal', 'at-risk'],
    ['Blocked by legal', 'off-track'],
    ['Blocked: waiting for legal', 'off-track'],
    ['still on track', 'on-track'],
    ['We are on track', 'on-track'],
    ['back on track', 'on-track'],
    ['slightly behind schedule', 'off-track'],
    ['was blocked, now on track', 'on-track'],
    ['unblocked, on schedule', 'on-track'],
    ['no blockers. On track', 'on-track'],
    ['not blocked but at risk', 'at-risk'],
    ['no blockers, but not on track', '!unknown'],
    ['unblocked', '!unknown'],
    [
      ':white_check_mark: - On Track, :warning: - Requires Escalation, :octagonal_sign: - Blocked',
      '!placeholder',
    ],
    [':warning: - Requires Escalation, :octagonal_sign: - Blocked', '!several'],
    ['On Track / At Risk', '!several'],
    ['on track or at risk', '!several'],
    [':white_check_mark: - Blocked', '!several'],
    ['🟢 At risk', '!several'],
    ['not on track', '!unknown'],
    ['no longer on track', '!unknown'],
    ['hardly on track', '!unknown'],
    ['no blockers', '!unknown'],
    ['unblocked', '!unknown'],
    ['not blocked', '!unknown'],
    ['so-so', '!unknown'],
    ['paused', '!unknown'],
    ['complete', '!unknown'],
    ['Red team exercise ongoing', '!unknown'],
    ['TBD', '!placeholder'],
    ['', '!missing'],
    [':warning: - Requires Escalation (Leave the relevant status, remove the rest and this note)', 'at-risk'],
  ])('%s → %s', (value, expected) => {
    expect(status(value)).toBe(expected);
  });

  test.each([
    '**Status:** At Risk',
    '**Status**: At Risk',
    'Status - At Risk',
    'Status – at risk',
    'status: at risk',
    'Status = At Risk',
    '- Status: At Risk',
    '### Status\nAt Risk',
    '## Status: At Risk',
    '**Status**\n\nAt Risk',
    'RAG: Amber',
    'Health: at risk',
    '| Status | At Risk |\n|---|---|\n| Progress | 40% |',
    '_Status:_ At Risk',
    'Overall status: At Risk',
    ':warning: - Requires Escalation',
    'Status:\nAt Risk',
    'Status: At Risk Percentage complete: 40%',
    'Percentage complete: 40% Status: At Risk',
    'Status At Risk',
  ])('S4 %j', (lines) => {
    expect(update(lines).status.value).toBe('at-risk');
  });

  test('the note left next to one choice is a leftover', () => {
    const { status, leftovers } = update(
      'Status: :warning: - Requires Escalation (Leave the relevant status, remove the rest and this note)',
    );
    expect([status.value, leftovers.length]).toEqual(['at-risk', 1]);
  });
});

describe('percentage', () => {
  test.each([
    ['45%', '45'],
    ['45 %', '45'],
    ['45', '45'],
    ['45 percent', '45'],
    ['~45%', '45'],
    ['about 45%', '45'],
    ['**45%**', '45'],
    ['`45%`', '45'],
    ['37.5%', '37.5'],
    ['37,5%', '37.5'],
    ['0%', '0'],
    ['100%', '100'],
    ['XX%', '!placeholder'],
    ['X%', '!placeholder'],
    ['xx %', '!placeholder'],
    ['TBD', '!placeholder'],
    ['?', '!placeholder'],
    ['??%', '!placeholder'],
    ['120%', '!out-of-range'],
    ['-5%', '!out-of-range'],
    ['almost done', '!not-a-number'],
    ['half', '!not-a-number'],
    ['40% (last week 25%)', '40'],
    ['25% -> 40%', '40'],
    ['25% → 40%', '40'],
    ['from 25% to 40%', '40'],
    ['up from 25% to 40%', '40'],
    ['40%, up from 25%', '40'],
    ['40% (+15)', '40'],
    ['~~25%~~ 40%', '40'],
    ['was 25%, now 40%', '40'],
    ['last week 25%, now 40%', '40'],
    ['40% (target 90%)', '40'],
    ['40%, confidence 80%', '40'],
    ['40% of the target', '40'],
    ['40% complete', '40'],
    ['40% done', '40'],
    ['40% - 3 of 8 sites', '40'],
    ['40% (3/8 sites)', '40'],
    ['40-50%', '!not-a-number'],
    ['40% - 50%', '!not-a-number'],
    ['40 to 50%', '!not-a-number'],
    ['between 40 and 50%', '!not-a-number'],
    ['3/4 milestones', '!not-a-number'],
    ['3 of 4', '!not-a-number'],
    ['', '!missing'],
  ])('%s → %s', (value, expected) => {
    expect(percent(value)).toBe(expected);
  });

  test.each([
    'Progress: 40%',
    '% complete: 40',
    '40% complete',
    '**Progress:** 40%',
    'Status: On Track, 40%',
    'Status: On Track (40%)',
    'Status: On Track | Progress: 40%',
    'Percent complete - 40%',
    'Percentage Complete 40%',
    '- Progress: 40%',
    '### Progress\n40%',
    '% done: 40%',
    'Completion: 40 %',
    'Status: ✅ On Track - 40% complete',
    '| Status | Percentage complete |\n|---|---|\n| On Track | 40% |',
  ])('P10 P11 %j', (lines) => {
    expect(update(lines).percentComplete.value).toBe(40);
  });

  test('percents in the bullets are not the progress', () => {
    expect(
      read(
        'weekly-update',
        '## Weekly KR Update for the week of 2026-11-16\nStatus: On Track\n## Completed\n* 40% of hosts\n',
      ).percentComplete.problem,
    ).toBe('missing');
  });
});

describe('week', () => {
  const week = (line: string, now = '2026-11-19T09:00:00Z'): string => {
    const { date, problem } = read(
      'weekly-update',
      `${line}\nStatus: On Track\nPercentage complete: 40%\n\n## Completed\n* a 2026-11-02\n\n## Next steps\n* b\n`,
      { now },
    ).weekOf;
    return date ?? `!${problem}`;
  };
  test.each([
    ['## Weekly KR Update for the week of 2026-11-16', '2026-11-16'],
    ['# Weekly KR update: week of 2026-11-16', '2026-11-16'],
    ['**Weekly KR Update for the week of 2026-11-16**', '2026-11-16'],
    ['**Week of Nov 16, 2026**\n', '2026-11-16'],
    ['Week of 16 Nov 2026', '2026-11-16'],
    ['Week of: 2026-11-16', '2026-11-16'],
    ['### Weekly update, week starting on Nov 16', '2026-11-16'],
    ['### Weekly update (2026-11-16)', '2026-11-16'],
    ['### Weekly update - 2026-11-16', '2026-11-16'],
    ['### Weekly update 2026-11-16', '2026-11-16'],
    ['### 2026-11-16 weekly update', '2026-11-16'],
    ['### KR Update for Nov 16', '2026-11-16'],
    ['## Weekly KR Update for the week beginning 2026-11-16', '2026-11-16'],
    ['## Weekly KR Update for w/c 2026-11-16', '2026-11-16'],
    ['## Weekly KR Update for the week of `2026-11-16`', '2026-11-16'],
    ['## Weekly KR Update for the week of Monday, Nov 16', '2026-11-16'],
    ['## Weekly KR Update for the week of Nov 16 - Nov 20', '2026-11-16'],
    ['## Weekly KR Update for the week of Nov 16-20', '2026-11-16'],
    ['## Weekly KR Update for the week of 16-20 November 2026', '2026-11-16'],
    ['## Weekly KR Update for the week of 2026-11-16 to 2026-11-20', '2026-11-16'],
    ['## Weekly KR Update for the week of 2026-11-18', '2026-11-18'],
    ['## Weekly KR Update for the week of YYYY-MM-DD', '!placeholder'],
    ['## Weekly KR Update for the week of TBD', '!placeholder'],
    ['## Weekly KR Update for the week of', '!missing'],
    ['## Weekly KR Update', '!missing'],
    ['## Weekly KR Update for the week of 11/12/2026', '!ambiguous'],
    ['## Weekly KR Update for the week of 2026-11-31', '!impossible'],
    ['## Weekly KR Update for this week', '!not-a-date'],
    ['## Weekly KR Update for the week of this week', '!not-a-date'],
    [
      '> ## Weekly KR Update for the week of 2026-11-09\n\n## Weekly KR Update for the week of 2026-11-16',
      '2026-11-16',
    ],
    ['Week of ~~2026-11-09~~ 2026-11-16', '2026-11-16'],
  ])('%s → %s', (line, expected) => {
    expect(week(line)).toBe(expected);
  });
  test('a day without a year is the nearest one', () => {
    expect(week('## Week of Dec 28', '2027-01-04T09:00:00Z')).toBe('2026-12-28');
    expect(week('## Week of Jan 4', '2026-12-30T09:00:00Z')).toBe('2027-01-04');
  });
});

describe('sections', () => {
  const both = (text: string): string => {
    const { completed, nextSteps } = read(
      'weekly-update',
      `## Weekly KR Update for the week of 2026-11-16\nStatus: On Track\nPercentage complete: 40%\n\n${text}`,
    );
    const one = (field: typeof completed): string =>
      field.problem === null ? `${field.items}:${field.text.replaceAll('\n', '|')}` : `!${field.problem}`;
    return `${one(completed)} ${one(nextSteps)}`;
  };
  test.each([
    ['## Completed\n* a\n* b\n\n## Next steps\n* c', '2:a|b 1:c'],
    ['## Completed\n1. a\n2. b\n\n## Next steps\n- [ ] c', '2:a|b 1:c'],
    ['## Completed\na paragraph\n\n## Next steps\n+ c\n  + d', '1:a paragraph 1:c|d'],
    ['## Done\n* a\n## Next\n* b', '1:a 1:b'],
    ['### Accomplished this week\n* a\n### Plan for next week\n* b', '1:a 1:b'],
    ["## What was accomplished this week\n* a\n## What's next\n* b", '1:a 1:b'],
    ['## What’s done\n* a\n## What’s next\n* b', '1:a 1:b'],
    ['## Completed (since last week)\n* a\n## Next steps (two weeks)\n* b', '1:a 1:b'],
    ['## ✅ Completed\n* a\n## :arrow_right: Next steps\n* b', '1:a 1:b'],
    ['**Completed**\n- a\n\n**Next steps**\n- b', '1:a 1:b'],
    ['**Completed:**\n- a\n\n**Next steps:**\n- b', '1:a 1:b'],
    ['Completed:\n- a\n\nNext steps:\n- b', '1:a 1:b'],
    ['Completed: a\n\nNext steps: b', '1:a 1:b'],
    ['Completed: a\nNext steps: b', '1:a 1:b'],
    ['**Completed:** a\n**Next steps:** b', '1:a 1:b'],
    ['## Next steps\n* b\n## Completed\n* a', '1:a 1:b'],
    [
      '## Completed\n* (List of what tasks were completed since last update)\n## Next steps\n* (List of what needs to happen in the next 1-2 weeks)',
      '!placeholder !placeholder',
    ],
    [
      '## Completed\n* (List of what tasks were completed since last update)\n* a\n## Next steps\n* b',
      '1:a 1:b',
    ],
    ['## Completed\n\n## Next steps\n*\n', '!empty !empty'],
    ['**Done since last time**\n* a\n\n**To do until next time**\n* b', '1:a 1:b'],
    ['## What we finished\n* a\n## Before the next meeting\n* b', '1:a 1:b'],
    ['Completed\ta\nNext steps\tb', '1:a 1:b'],
    ['## Completed\n* a\n', '1:a !missing'],
    ['## Completed\nNone this week\n## Next steps\nn/a', '1:None this week 1:n/a'],
    ['## Completed\n* a\n## Blockers\n* x\n## Next steps\n* b\n## Links\n* y', '1:a 1:b'],
    ['## Completed\n* a\n\n> quoted\n\n## Next steps\n* b\n```\ncode\n```', '1:a 1:b'],
    ['## Completed\n* ~~x~~\n* a\n## Next steps\n* TBD', '1:a !placeholder'],
    ['##Completed\n* a\n##Next steps\n* b', '1:a 1:b'],
    ['Completed\n---\n* a\n\nNext steps\n---\n* b', '1:a 1:b'],
  ])('%j → %s', (text, expected) => {
    expect(both(text)).toBe(expected);
  });
});

describe('without the template', () => {
  test('everything in bullets below the title', () => {
    const read = freely(
      '### Weekly KR Update\n- Status: On Track\n- Progress: 40%\n- What was completed this week:\n  - a\n  - b\n- What will be completed next week:\n  - c',
    );
    expect(read.status.value).toBe('on-track');
    expect(read.percentComplete.value).toBe(40);
    expect(read.completed).toMatchObject({ items: 2, text: 'a\nb', problem: null });
    expect(read.nextSteps).toMatchObject({ items: 1, text: 'c', problem: null });
  });

  test.each([
    ['## 2026-11-16', '2026-11-16'],
    ['**Monday, Nov 16**', '2026-11-16'],
    ['Nov 16 - Nov 20', '2026-11-16'],
    ['## Release of Nov 16 went out', '!missing'],
  ])('a title that is a date: %s', (line, expected) => {
    const { date, problem } = freely(`${line}\n\nStatus: green`).weekOf;
    expect(date ?? `!${problem}`).toBe(expected);
  });

  test.each([
    ['below its name', '# Weekly update\n\n## Week of\n2026-11-16\n\n## Status\nRed'],
    [
      'in a row',
      '# Weekly KR Update\n\n| | |\n|---|---|\n| **Week of** | 16 Nov 2026 |\n| **Status** | Red |',
    ],
    ['in a column', 'Our sheet:\n\n| Week of | Status |\n|---|---|\n| 2026-11-16 | Red |'],
    [
      'in the title, whatever is said before it',
      '> [!note]\n> The week of 2026-11-09 was wrong.\n\n## Weekly KR Update for the week of 2026-11-16\nStatus: Red',
    ],
  ])('the week %s', (_, text) => {
    const { weekOf, status } = freely(text);
    expect([weekOf.date, status.value]).toEqual(['2026-11-16', 'off-track']);
  });

  test.each([
    ["We're at about 60 %. All is well.", '60'],
    ['We are 40% done.', '40'],
    ['Hi all, the KR is now at 35% (from 20%).', '35'],
    ['Overall 50%, going well', '50'],
    ['Latency is down 40%.', '!missing'],
    ['We are blocking 40% of traffic now.', '!missing'],
    ['We are at 40%, they are at 60%.', '!missing'],
    ['- We are at 40% in Berlin', '!missing'],
  ])('a percentage in a sentence: %s', (line, expected) => {
    const { value, problem } = freely(`## Weekly update\n${line}\n\n## Completed\n* a`).percentComplete;
    expect(String(value ?? `!${problem}`)).toBe(expected);
  });
});

test('an e-mail: status and percentage behind the week, sentences that begin with a name', () => {
  const { weekOf, status, percentComplete, completed, nextSteps } = freely(
    'Hi all,\n\nquick update for the week of November 16th, 2026: we are on track and about 45 percent done.\n\nLast week we revoked old keys.\nThis week we will rotate the rest.\n',
  );
  expect([weekOf.date, status.value, percentComplete.value]).toEqual(['2026-11-16', 'on-track', 45]);
  expect([completed.text, nextSteps.text]).toEqual(['we revoked old keys.', 'we will rotate the rest.']);
});
