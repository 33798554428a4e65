import { expect, test } from '@jest/globals';
import type { Issue } from '../../src/model/issue.ts';
import type { IssueFilter, IssueReader } from '../../src/model/ports.ts';
import { type LookForLeft, scan } from '../../src/scan/scan.ts';
import { isPair, together } from '../../src/scan/together.ts';
import { fc } from '../helpers/random.ts';
import { builtInPolicy, now } from '../helpers/world.ts';

const dayMs = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const instant = (day: number): string => new Date(start + day * dayMs).toISOString();

const issue = (id: number, facts: Partial<Issue>): Issue => ({
  id,
  projectId: 1,
  iid: id,
  ref: `sec/okrs#${id}`,
  url: `https://gitlab.example.com/sec/okrs/-/issues/${id}`,
  title: 'FY27 Q4 KR1 (Key Care) Rotate all keys',
  description: '',
  state: 'opened',
  labels: ['KR'],
  gitlabMilestone: null,
  author: { id: 1, username: 'ann', name: 'Ann' },
  assignees: [],
  confidential: false,
  discussionLocked: false,
  dueDate: null,
  createdAt: instant(id),
  updatedAt: instant(id),
  userNotesCount: 0,
  issueType: 'issue',
  movedToId: null,
  ...facts,
});

/** As GitLab answers: in the order of creation, times inclusive. */
const matching = (all: readonly Issue[], filter: IssueFilter): Issue[] =>
  all.filter(
    (one) =>
      (filter.state === 'all' || filter.state === one.state) &&
      filter.labels.every((label) => one.labels.includes(label)) &&
      (filter.notLabels ?? []).every((label) => !one.labels.includes(label)) &&
      one.createdAt >= (filter.createdAfter ?? '') &&
      one.updatedAt >= (filter.updatedAfter ?? ''),
  );

async function* streamed(issues: readonly Issue[]): AsyncGenerator<Issue> {
  for (const one of issues) yield await Promise.resolve(one);
}

const open: IssueFilter = { state: 'opened', labels: ['KR'], issueType: 'issue' };
const closed: IssueFilter = { ...open, state: 'closed', updatedAfter: instant(200) };

test('whatever was closed when, one list brings what two would', async () => {
  const facts = fc.record({ isOpen: fc.boolean(), touched: fc.nat(300) });
  await fc.assert(
    fc.asyncProperty(fc.array(facts, { maxLength: 90 }), async (all) => {
      const issues = all.map(({ isOpen, touched }, index) =>
        issue(index + 1, { state: isOpen ? 'opened' : 'closed', updatedAt: instant(touched) }),
      );
      const met = new Set<number>();
      const ask = (filter: IssueFilter): AsyncGenerator<Issue> => streamed(matching(issues, filter));
      for await (const found of together(ask, open, closed)) {
        expect(found.isOpen).toBe(found.issue.state === 'opened');
        met.add(found.issue.id);
      }
      const wanted = [...matching(issues, open), ...matching(issues, closed)].map(({ id }) => id);
      expect([...met].toSorted((a, b) => a - b)).toEqual(wanted.toSorted((a, b) => a - b));
    }),
  );
});

test('lists are put together only where they ask for the same', () => {
  expect(isPair(open, closed)).toBe(true);
  expect(isPair(open, { ...closed, labels: ['Other'] })).toBe(false);
  expect(isPair({ ...open, createdBefore: instant(1) }, { ...closed, createdBefore: instant(1) })).toBe(
    false,
  );
  expect(isPair({ ...open, state: 'all' }, closed)).toBe(false);
});

test('what lost its label is looked for by every run that writes, and by a dry run unless a large backlog has none of ours', async () => {
  const policy = await builtInPolicy();
  const ours = policy.settings.labels.needsAttention ?? '';
  const lists = async (count: number, labelled: boolean, how: LookForLeft): Promise<number> => {
    const issues = Array.from({ length: count }, (_, index) =>
      issue(index + 1, index === 7 && labelled ? { labels: ['KR', ours] } : {}),
    );
    let asked = 0;
    const reader = {
      project: (id: number) =>
        Promise.resolve({ id, path: 'sec/okrs', issuesEnabled: true, archived: false }),
      issues: (_: unknown, filter: IssueFilter) => {
        asked += 1;
        return streamed(matching(issues, filter));
      },
    };
    let met = 0;
    const found = scan([{ project: 1 }], policy, reader as unknown as IssueReader, now, how);
    for await (const one of found) met += 'issue' in one ? 1 : 0;
    expect(met).toBe(count);
    return asked;
  };
  const told: number[] = [];
  const likely: LookForLeft = { notLookedFor: (listed) => void told.push(listed) };
  expect(await lists(600, true, likely)).toBe(3);
  expect(await lists(499, false, likely)).toBe(3);
  expect(told).toEqual([]);
  expect(await lists(600, false, likely)).toBe(1);
  expect(told).toEqual([600]);
  expect(await lists(600, false, 'always')).toBe(3);
  expect(await lists(600, true, 'never')).toBe(1);
});
