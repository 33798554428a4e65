import { issueTypes } from '../seed.ts';
import { errors } from '../world/errors.ts';
import type { Issue, User, World } from '../world/types.ts';
import type { Call } from './context.ts';
import { boolean, exclusive, instant, integer, integers, list, oneOf, type Params, text } from './params.ts';

export type IssueTest = (issue: Issue) => boolean;

/**
 * The tests that the known query keys ask for. Unknown keys are ignored without a word, bad values of known keys are
 * 400 (lib/api/issues.rb, lib/api/helpers/issues_helpers.rb).
 */
export function issueTests(call: Call, user: User | null): IssueTest[] {
  const { params, world } = call;
  exclusive(params, 'milestone', 'milestone_id');
  exclusive(params, 'author_id', 'author_username');
  exclusive(params, 'assignee_id', 'assignee_username');
  return [
    ...stateTests(params),
    ...peopleTests(world, params, user),
    ...labelTests(world, params, 'labels', false),
    ...labelTests(world, params, 'not[labels]', true),
    ...milestoneTests(world, params),
    ...timeTests(params),
    ...dueTests(world, params),
    ...searchTests(call, user),
    ...negatedTests(world, params),
    ...weightTests(world, params),
  ];
}

function stateTests(params: Params): IssueTest[] {
  const state = oneOf(params, 'state', ['opened', 'closed', 'all']) ?? 'all';
  const type = oneOf(params, 'issue_type', issueTypes);
  const confidential = boolean(params, 'confidential');
  const iids = integers(params, 'iids');
  const closedBy = integer(params, 'closed_by_id');
  const tests: IssueTest[] = [];
  if (state !== 'all') tests.push((issue) => issue.state === state);
  if (type) tests.push((issue) => issue.type === type);
  if (confidential !== undefined) tests.push((issue) => issue.confidential === confidential);
  if (iids && iids.length > 0) {
    const wanted = new Set(iids);
    tests.push((issue) => wanted.has(issue.iid));
  }
  if (closedBy !== undefined) tests.push((issue) => issue.closedById === closedBy);
  return tests;
}

function peopleTests(world: World, params: Params, user: User | null): IssueTest[] {
  const tests: IssueTest[] = [];
  const scope = oneOf(params, 'scope', [
    'created-by-me',
    'assigned-to-me',
    'created_by_me',
    'assigned_to_me',
    'all',
  ])?.replaceAll('-', '_');
  if (scope === 'created_by_me') tests.push((issue) => issue.authorId === user?.id);
  if (scope === 'assigned_to_me') tests.push((issue) => user !== null && issue.assigneeIds.includes(user.id));
  const authorId = integer(params, 'author_id') ?? userId(world, text(params, 'author_username'));
  if (authorId !== undefined) tests.push((issue) => issue.authorId === authorId);
  const assignee = text(params, 'assignee_id');
  if (/^none$/i.test(assignee ?? '')) tests.push((issue) => issue.assigneeIds.length === 0);
  else if (/^any$/i.test(assignee ?? '')) tests.push((issue) => issue.assigneeIds.length > 0);
  else {
    const id = integer(params, 'assignee_id');
    if (id !== undefined) tests.push((issue) => issue.assigneeIds.includes(id));
  }
  const usernames = list(params, 'assignee_username') ?? [];
  if (usernames.length > 1 && world.settings.tier === 'free') {
    throw errors.badParameter(
      `assignee_username allows one value, but found ${usernames.length}: ${usernames.join(', ')}`,
    );
  }
  for (const name of usernames) {
    const id = userId(world, name);
    tests.push((issue) => id !== undefined && issue.assigneeIds.includes(id));
  }
  return tests;
}

/** An unknown name stands for no one: the list is then empty. */
function userId(world: World, name: string | undefined): number | undefined {
  if (name === undefined || name === '') return undefined;
  return world.userByName.get(name.toLowerCase())?.id ?? -1;
}

function labelTests(world: World, params: Params, key: string, negated: boolean): IssueTest[] {
  return (list(params, key) ?? []).map((name) => {
    let test: IssueTest;
    if (/^none$/i.test(name)) test = (issue) => issue.labelIds.length === 0;
    else if (/^any$/i.test(name)) test = (issue) => issue.labelIds.length > 0;
    else {
      // Case counts, and an unknown name is found on no issue.
      const ids = new Set(
        [...world.labels.values()].filter((label) => label.name === name).map(({ id }) => id),
      );
      test = (issue) => issue.labelIds.some((id) => ids.has(id));
    }
    return negated ? (issue) => !test(issue) : test;
  });
}

function milestoneTests(world: World, params: Params): IssueTest[] {
  const bucket = oneOf(params, 'milestone_id', ['Any', 'None', 'Upcoming', 'Started']);
  const title = text(params, 'milestone') ?? bucket;
  if (title === undefined || title === '') return [];
  if (/^none$/i.test(title)) return [(issue) => issue.milestoneId === null];
  if (/^any$/i.test(title)) return [(issue) => issue.milestoneId !== null];
  const today = world.clock.now().toISOString().slice(0, 10);
  const milestone = (issue: Issue) => world.milestones.get(issue.milestoneId ?? -1);
  if (bucket === 'Upcoming') return [(issue) => (milestone(issue)?.startDate ?? '') > today];
  if (bucket === 'Started') return [(issue) => (milestone(issue)?.startDate ?? '9999') <= today];
  return [(issue) => milestone(issue)?.title === title];
}

function timeTests(params: Params): IssueTest[] {
  const tests: IssueTest[] = [];
  const createdAfter = instant(params, 'created_after');
  const createdBefore = instant(params, 'created_before');
  const updatedAfter = instant(params, 'updated_after');
  const updatedBefore = instant(params, 'updated_before');
  if (createdAfter !== undefined) tests.push((issue) => issue.createdAt >= createdAfter);
  if (createdBefore !== undefined) tests.push((issue) => issue.createdAt <= createdBefore);
  if (updatedAfter !== undefined) tests.push((issue) => issue.updatedAt >= updatedAfter);
  if (updatedBefore !== undefined) tests.push((issue) => issue.updatedAt <= updatedBefore);
  return tests;
}

/** `due_date` is a bucket, not a date. Weeks begin on Monday. */
function dueTests(world: World, params: Params): IssueTest[] {
  const bucket = oneOf(params, 'due_date', [
    '0',
    'any',
    'today',
    'tomorrow',
    'overdue',
    'week',
    'month',
    'next_month_and_previous_two_weeks',
  ]);
  if (!bucket) return [];
  if (bucket === '0') return [(issue) => issue.dueDate === null];
  if (bucket === 'any') return [(issue) => issue.dueDate !== null];
  const now = world.clock.now();
  const day = (year: number, month: number, date: number) =>
    new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
  const [year, month, date] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const monday = date - ((now.getUTCDay() + 6) % 7);
  const ranges = {
    today: [day(year, month, date), day(year, month, date)],
    tomorrow: [day(year, month, date + 1), day(year, month, date + 1)],
    overdue: ['0000', day(year, month, date - 1)],
    week: [day(year, month, monday), day(year, month, monday + 6)],
    month: [day(year, month, 1), day(year, month + 1, 0)],
    next_month_and_previous_two_weeks: [day(year, month, date - 14), day(year, month + 2, 0)],
  };
  const [from = '', to = ''] = ranges[bucket];
  return [(issue) => issue.dueDate !== null && issue.dueDate >= from && issue.dueDate <= to];
}

/** A substring of title and description; comments are not searched. Charged to the search limit. */
function searchTests(call: Call, user: User | null): IssueTest[] {
  const wanted = text(call.params, 'search')?.toLowerCase();
  if (!wanted) return [];
  call.limits.action('searches', user);
  const fields = list(call.params, 'in') ?? ['title', 'description'];
  return [
    (issue) =>
      (fields.includes('title') && issue.title.toLowerCase().includes(wanted)) ||
      (fields.includes('description') && (issue.description ?? '').toLowerCase().includes(wanted)),
  ];
}

/** Without a licence the key is as good as unknown. */
function weightTests(world: World, params: Params): IssueTest[] {
  const weight = text(params, 'weight');
  if (!weight || world.settings.tier === 'free') return [];
  if (/^none$/i.test(weight)) return [(issue) => issue.weight === null];
  if (/^any$/i.test(weight)) return [(issue) => issue.weight !== null];
  const wanted = integer(params, 'weight');
  return [(issue) => issue.weight === wanted];
}

function negatedTests(world: World, params: Params): IssueTest[] {
  const tests: IssueTest[] = [];
  const iids = new Set(integers(params, 'not[iids]'));
  if (iids.size > 0) tests.push((issue) => !iids.has(issue.iid));
  const author = integer(params, 'not[author_id]') ?? userId(world, text(params, 'not[author_username]'));
  if (author !== undefined) tests.push((issue) => issue.authorId !== author);
  const assignee = integer(params, 'not[assignee_id]');
  if (assignee !== undefined) tests.push((issue) => !issue.assigneeIds.includes(assignee));
  for (const name of list(params, 'not[assignee_username]') ?? []) {
    const id = userId(world, name) ?? -1;
    tests.push((issue) => !issue.assigneeIds.includes(id));
  }
  const milestone = text(params, 'not[milestone]');
  if (milestone) tests.push((issue) => world.milestones.get(issue.milestoneId ?? -1)?.title !== milestone);
  const weight = integer(params, 'not[weight]');
  if (weight !== undefined) tests.push((issue) => issue.weight !== weight);
  return tests;
}
