import { describe, expect, test } from '@jest/globals';
import { compileExemptions } from '../../src/config/conditions.ts';
import { compileUnselected, serverFilter } from '../../src/config/selection.ts';
import { quarterRange } from '../../src/model/calendar.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { Selection } from '../../src/model/policy.ts';
import type { IssueFacts, RuleContext } from '../../src/model/rule.ts';

const everything: Selection = {
  state: 'opened',
  issueType: 'issue',
  labels: [],
  notLabels: [],
  title: null,
  gitlabMilestone: null,
  confidential: null,
  minAgeDays: null,
  maxAgeDays: null,
};
const now = '2026-11-23T09:00:00Z';

const issue = (facts: Partial<Issue> = {}): Issue =>
  ({
    title: 'FY27 Q4 KR1 (Keys) Rotate',
    state: 'opened',
    labels: ['KR'],
    gitlabMilestone: null,
    confidential: false,
    createdAt: '2026-11-13T09:00:00Z',
    issueType: 'issue',
    ...facts,
  }) as Issue;

describe('selection', () => {
  test.each<[string, Partial<Selection>, Partial<Issue>, string | null]>([
    ['all of the labels', { labels: ['KR', 'Q4'] }, {}, 'it lacks the label "Q4"'],
    ['case of labels', { labels: ['kr'] }, {}, 'it lacks the label "kr"'],
    ['none of the labels', { notLabels: ['KR'] }, {}, 'it carries the label "KR"'],
    ['state', {}, { state: 'closed' }, 'it is closed'],
    ['any state', { state: 'all' }, { state: 'closed' }, null],
    ['type', {}, { issueType: 'incident' }, 'its type is "incident", not "issue"'],
    ['title', { title: '^FY26' }, {}, 'its title does not match ^FY26'],
    ['title, anywhere', { title: 'KR\\d' }, {}, null],
    ['confidential', { confidential: true }, {}, 'it is not confidential'],
    ['not confidential', { confidential: false }, { confidential: true }, 'it is confidential'],
    ['milestone', { gitlabMilestone: 'FY27 Q4' }, {}, 'it is not in the GitLab milestone "FY27 Q4"'],
    [
      'no milestone',
      { gitlabMilestone: 'None' },
      { gitlabMilestone: 'x' },
      'it is in the GitLab milestone "x"',
    ],
    ['any milestone', { gitlabMilestone: 'Any' }, {}, 'it is in no GitLab milestone'],
    ['too young', { minAgeDays: 11 }, {}, 'it is 10 days old, not yet 11'],
    ['old enough', { minAgeDays: 10 }, {}, null],
    ['too old', { maxAgeDays: 9 }, {}, 'it is 10 days old, more than 9'],
    ['not too old', { maxAgeDays: 10 }, {}, null],
  ])('%s', (_name, select, facts, expected) => {
    expect(compileUnselected({ ...everything, ...select })(issue(facts), now)).toBe(expected);
  });

  test('goes to the server as far as the server can', () => {
    const select: Selection = {
      ...everything,
      labels: ['KR'],
      notLabels: ['old'],
      title: 'x',
      gitlabMilestone: 'M',
      confidential: true,
      minAgeDays: 3,
      maxAgeDays: 30,
    };
    expect(serverFilter(select)).toEqual({
      state: 'opened',
      issueType: 'issue',
      labels: ['KR'],
      notLabels: ['old'],
      milestone: 'M',
      confidential: true,
    });
    expect(serverFilter(select, now)).toMatchObject({
      createdBefore: '2026-11-20T09:00:00.000Z',
      createdAfter: '2026-10-23T09:00:00.000Z',
    });
    expect(serverFilter(everything)).toEqual({ state: 'opened', issueType: 'issue', labels: [] });
  });

  test('what the server filters by age, we filter the same', () => {
    for (const [min, max] of [
      [0, 0],
      [1, 5],
      [10, 10],
      [11, 400],
    ] as const) {
      const select = { ...everything, minAgeDays: min, maxAgeDays: max };
      const { createdAfter = '', createdBefore = '' } = serverFilter(select, now);
      const unselected = compileUnselected(select);
      for (let hours = 0; hours < 300; hours += 1) {
        const createdAt = new Date(Date.parse(now) - hours * 3_600_000).toISOString();
        const isKr = unselected(issue({ createdAt }), now) === null;
        // The server may send more than we take, never less.
        if (isKr) expect(createdAt >= createdAfter && createdAt <= createdBefore).toBe(true);
      }
    }
  });
});

describe('only, except, grace', () => {
  const context = (facts: IssueFacts = {}, today = '2026-11-23'): RuleContext =>
    ({
      now: `${today}T09:00:00Z`,
      today,
      issue: facts,
      quarter: quarterRange(2027, 4, { startMonth: 2, namedAfter: 'end' }),
    }) as RuleContext;
  const facts: IssueFacts = {
    labels: ['KR', 'security'],
    project: 'sec/okrs',
    author: 'Ann',
    title: 'Draft: keys',
    createdAt: '2026-11-20T00:00:00Z',
  };

  test.each<[string, Parameters<typeof compileExemptions>[0], RegExp | null]>([
    ['only: it applies', { only: { labels: ['security', 'x'] } }, null],
    ['only: it does not', { only: { labels: 'x' } }, /^only: label x$/],
    ['only: all conditions of a block', { only: { labels: 'security', author: 'bo' } }, /author bo/],
    ['only: one of several blocks', { only: [{ labels: 'x' }, { author: '@ann' }] }, null],
    ['except a label', { except: { labels: 'security' } }, /^except: label security$/],
    ['except, all conditions of a block', { except: { labels: 'security', author: 'bo' } }, null],
    ['except a project', { except: { project: 'SEC/okrs' } }, /project/],
    ['except a group', { except: { project: 'sec/*' } }, /project/],
    ['except another group', { except: { project: 'se/*' } }, null],
    ['except a title', { except: { title: '(?i)^draft' } }, /title/],
    ['except a quarter', { except: { quarter: 'FY2027-Q4' } }, /quarter/],
    ['except another quarter', { except: { quarter: ['FY26 Q4', 'FY27 Q3'] } }, null],
    ['except an age', { except: { age: { 'max-days': 3 } } }, /at most 3 days/],
    ['only an age', { only: { age: { 'min-days': 30 } } }, /at least 30 days/],
    ['grace for new issues', { grace: { 'new-issues': 7 } }, /younger than 7 days/],
    ['grace is over', { grace: { 'new-issues': 3 } }, null],
    ['grace at the start of the quarter', { grace: { 'quarter-start': 30 } }, /first 30 days of FY2027 Q4/],
    ['that is over too', { grace: { 'quarter-start': 22 } }, null],
    ['null is nothing', { only: null, except: null, grace: null }, null],
  ])('%s', (_name, exemptions, expected) => {
    const reason = compileExemptions(exemptions)({} as never, context(facts));
    if (expected === null) expect(reason).toBeNull();
    else expect(reason).toMatch(expected);
  });

  test('what is not known fits no condition, and it is said', () => {
    expect(compileExemptions({ only: { labels: 'x' } })({} as never, context())).toBe(
      'only: label x, which is not known here',
    );
    expect(compileExemptions({ except: { labels: 'x' } })({} as never, context())).toBeNull();
  });
});
