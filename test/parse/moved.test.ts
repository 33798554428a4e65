import { describe, expect, test } from '@jest/globals';
import { kr, milestone, read } from './helpers.ts';

const due = (text: string): string => {
  const { date, problem } = milestone(`- [ ] Milestone 1: Description: a Due Date: ${text} DRI: @bo`).dueDate;
  return date ?? `!${problem}`;
};
const status = (text: string): string => {
  const { value, problem } = read('weekly-update', text).status;
  return value ?? `!${problem}`;
};
const percent = (text: string): number | string => {
  const { value, problem } = read('weekly-update', text).percentComplete;
  return value ?? `!${problem}`;
};

describe('a date that was moved', () => {
  test.each([
    'Nov 13 (moved to Nov 27)',
    'Nov 13 (now Nov 27)',
    '2026-11-13 (postponed to 2026-11-27)',
    'Nov 13 (delayed until Nov 27)',
    'Nov 13 (new date: Nov 27)',
    'Nov 13 [extended to Nov 27]',
    'Nov 13 ⇒ Nov 27',
    'Nov 13 ➡️ Nov 27',
    'Nov 13 >> Nov 27',
    'Nov 27 <- Nov 13',
    'Nov 27 ← Nov 13',
    '16 Nov until 27 Nov',
    '2026-11-16 until 2026-11-27',
    'Nov 27 (was Nov 13)',
    'Nov 27 (code freeze Dec 4)',
    'Nov 27 (moved on Nov 2)',
    'Nov 27 (updated Nov 2)',
  ])('%s', (text) => expect(due(text)).toBe('2026-11-27'));

  test.each([
    ['Jan 8 → tbd', '!placeholder'],
    ['was Jan 8, now TBD', '!placeholder'],
    ['Jan 8 (moved to TBD)', '!placeholder'],
    ['~~Jan 13~~ TBD', '!placeholder'],
    ['TBD (probably Dec 4)', '!placeholder'],
    ['Jan 8 (TBD)', '2027-01-08'],
    ['Jan 8 → March', '!not-a-date'],
    ['Jan 8, moved to Q1', '!not-a-date'],
    ['Jan 8, now early February', '!not-a-date'],
    ['Jan 8 (postponed to next quarter)', '!not-a-date'],
    ['Jan 8 → Release 5', '2027-01-08'],
    ['26/12/04', '!ambiguous'],
    ['12-04', '!ambiguous'],
    ['12-14', '2026-12-14'],
    ['N.A.', '!missing'],
    ['no date yet', '!placeholder'],
    ['Done Nov 24', '!not-a-date'],
    ['done by Dec 4', '2026-12-04'],
  ])('%s: %s', (text, expected) => expect(due(text)).toBe(expected));
});

describe('a status', () => {
  test.each([
    [
      'Status:\n- [ ] :white_check_mark: - On Track\n- [x] :warning: - Requires Escalation\n- [ ] Blocked',
      'at-risk',
    ],
    ['Status:\n- [ ] On Track\n- [ ] At Risk\n- [ ] Blocked', '!placeholder'],
    ['Status:\n- [x] On Track\n- [x] At Risk\n- [ ] Blocked', '!several'],
    ['## Status\n- On Track\n- At Risk\n- Blocked', '!placeholder'],
    ['## Status\n- On Track\n- ~~At Risk~~\n- ~~Blocked~~', 'on-track'],
    ['Status is: Off track', 'off-track'],
    ['Status: OnTrack', 'on-track'],
    ['Status: mostly on track', 'on-track'],
    ['Status: at some risk', 'at-risk'],
    ['Status: from On Track to Blocked', 'off-track'],
    ['Status: On track but at risk', '!several'],
    ['Status: Behind schedule :cry:', 'off-track'],
    ['Status: :partyparrot: On track', 'on-track'],
    ['Status: blocker resolved, on track', 'on-track'],
  ])('%j: %s', (text, expected) => expect(status(text)).toBe(expected));

  test.each([
    '✅ On Track – 45 % complete (was 30 %)',
    'On Track, 45%',
    '✅ 45%',
    ':white_check_mark: - On Track | 45%',
    '45% - on track',
  ])('with the percentage, without labels: %s', (line) => {
    const text = `## Week of 16 Nov 2026\n${line}`;
    expect([status(text), percent(text)]).toEqual(['on-track', 45]);
  });

  test.each(['On track to be 45% by Friday', 'Blocked by legal on 45% of tickets'])(
    'a sentence is none: %s',
    (line) => expect(status(`## Week of 16 Nov 2026\n${line}`)).toBe('!missing'),
  );

  test('of a check-in whose title holds a date', () => {
    const { status: found } = read('check-in', '#### Weekly Update - 16 Nov\nBehind schedule :cry:');
    expect(found.value).toBe('off-track');
  });
});

describe('a percentage', () => {
  test.each([
    ['Percentage complete: 25% ⇒ 40%', 40],
    ['Percentage complete: 25% last week, 40% this week', 40],
    ['Percentage complete: 1,000%', '!out-of-range'],
    ['Percentage complete: __%', '!placeholder'],
    ['Percentage complete: TBD%', '!placeholder'],
    ['Percentage complete: .5%', 0.5],
    ['Percentage complete: 4 5%', '!not-a-number'],
    ['Percentage complete: 40% / 50%', '!not-a-number'],
    ['Percentage complete is 40%', 40],
    ['Progress so far: 40 %', 40],
    ['Complete: 40%\n## Completed\n- a', 40],
  ])('%j: %s', (text, expected) => expect(percent(text)).toBe(expected));
});

describe('names of sections', () => {
  test.each(['What was accomplished?', 'Shipped', 'What I did'])('%s: completed', (name) =>
    expect(read('weekly-update', `## ${name}\n- a`).completed.text).toBe('a'),
  );
  test.each([
    'What are the next steps?',
    'To do next week',
    'Priorities for next week',
    'Next actions',
    'Looking ahead',
  ])('%s: next steps', (name) => expect(read('weekly-update', `## ${name}\n- a`).nextSteps.text).toBe('a'));
  test('bold without a colon', () => {
    const doc = kr('**OKR** https://app.ally.io/objectives/7\n\n**Objective** Rotate all.');
    expect([doc.okrLink?.where, doc.objective.text]).toEqual(['section', 'Rotate all.']);
  });
  test.each(['', '## ', '**Ally** '])('%sa second name right behind the address', (mark) => {
    const doc = kr(`${mark}OKR: https://app.ally.io/objectives/7 Objective: Rotate all.\nBy June.`);
    expect([doc.okrLink?.url, doc.okrLink?.where]).toEqual(['https://app.ally.io/objectives/7', 'section']);
    expect(doc.objective.text).toBe('Rotate all.\nBy June.');
  });
  test.each(['-', '–', '—'])('a DRI between %s', (dash) => {
    const item = `- [ ] Talk ${dash} Due ${dash} 2026-12-04 ${dash} DRI ${dash} Ann Lee`;
    const [milestone] = kr(`## Milestones\n${item}`).milestones;
    expect([milestone?.dueDate.date, milestone?.driText, milestone?.driProblem]).toEqual([
      '2026-12-04',
      'Ann Lee',
      'not-a-mention',
    ]);
  });
  test('words behind the address stay where they are', () => {
    const doc = kr('Ally OKR: https://app.ally.io/objectives/7 (the new objective: rotate)\n\n## Goal\nAll.');
    expect([doc.okrLink?.url, doc.objective.text]).toEqual(['https://app.ally.io/objectives/7', 'All.']);
  });
  test('an anchor in HTML is a link', () => {
    expect(kr('## Ally OKR: <a href="https://app.ally.io/objectives/7">record</a>').okrLink?.url).toBe(
      'https://app.ally.io/objectives/7',
    );
  });
});
