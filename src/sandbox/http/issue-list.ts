import { accessLevels } from '../roles.ts';
import { atLeast } from '../settings.ts';
import { accessLevel, canReadIssue } from '../world/access.ts';
import { issueEntity } from '../world/entities.ts';
import { errors } from '../world/errors.ts';
import { compareKeys, type IssueOrder, orderedIssues, orderKey } from '../world/order.ts';
import type { Issue, Project } from '../world/types.ts';
import type { Call } from './context.ts';
import { notModifiedOr } from './etag.ts';
import { type IssueTest, issueTests } from './issue-filter.ts';
import { keysetHeaders, offsetHeaders, pageOf } from './paging.ts';
import { boolean, oneOf, text } from './params.ts';
import type { Reply } from './reply.ts';

const listOrders = [
  'created_at',
  'due_date',
  'label_priority',
  'milestone_due',
  'popularity',
  'priority',
  'relative_position',
  'title',
  'updated_at',
  'weight',
] as const;
const keysetOrders = [
  'created_at',
  'updated_at',
  'title',
  'id',
  'weight',
  'due_date',
  'relative_position',
] as const;

/** A list of issues of some projects, filtered, ordered and paged; `keyset` where the endpoint knows it. */
export function listIssues(
  call: Call,
  projects: Project[],
  endpoint: { keyset: boolean; projectId?: number },
): Reply {
  const user = call.actor.user;
  const tests = [...issueTests(call, user), readable(call, projects)];
  const byKeyset = text(call.params, 'pagination') === 'keyset' && endpoint.keyset;
  const hasKeyset = endpoint.keyset && atLeast(call.world.settings.version, 18, 3);
  const ids = projects.map((project) => project.id);
  const { issues, headers } =
    byKeyset && hasKeyset ? keysetPage(call, ids, tests) : offsetPage(call, ids, tests, hasKeyset);
  const labelDetails = boolean(call.params, 'with_labels_details') ?? false;
  const relativeTo = endpoint.projectId;
  const body = issues.map((issue) =>
    issueEntity(call.world, issue, { labelDetails, ...(relativeTo === undefined ? {} : { relativeTo }) }),
  );
  return notModifiedOr(call, body, headers);
}

/** Confidential issues of others are left out below Planner. */
function readable(call: Call, projects: Project[]): IssueTest {
  const { user } = call.actor;
  const trusted = new Set(
    projects
      .filter((project) => accessLevel(call.world, project, user) >= accessLevels.planner)
      .map(({ id }) => id),
  );
  return (issue) => {
    if (!issue.confidential || trusted.has(issue.projectId)) return true;
    const project = call.world.projects.get(issue.projectId);
    return project !== undefined && canReadIssue(call.world, project, user, issue);
  };
}

interface Rows {
  issues: Issue[];
  headers: Record<string, string>;
}

function offsetPage(call: Call, projectIds: number[], tests: IssueTest[], capped: boolean): Rows {
  const page = pageOf(call);
  const asked = oneOf(call.params, 'order_by', listOrders) ?? 'created_at';
  const order = (keysetOrders as readonly string[]).includes(asked) ? (asked as IssueOrder) : 'created_at';
  const sort = oneOf(call.params, 'sort', ['asc', 'desc']) ?? 'desc';
  const limit = call.world.settings.offsetLimit;
  const start = (page.number - 1) * page.size;
  if (capped && limit > 0 && start > limit) {
    throw errors.notAllowed(
      `Offset pagination has a maximum allowed offset of ${limit} for requests that return objects of type Issue. ` +
        'Remaining records can be retrieved using keyset pagination.',
    );
  }
  const issues: Issue[] = [];
  let total = 0;
  for (const issue of orderedIssues(call.world, projectIds, order, sort)) {
    if (!tests.every((test) => test(issue))) continue;
    if (total >= start && issues.length < page.size) issues.push(issue);
    total += 1;
  }
  return { issues, headers: offsetHeaders(call, page, total) };
}

interface Cursor {
  order: string;
  sort: string;
  key: number | string | null;
  id: number;
}

function keysetPage(call: Call, projectIds: number[], tests: IssueTest[]): Rows {
  const { size } = pageOf(call);
  const asked = text(call.params, 'order_by') ?? 'created_at';
  const order = keysetOrders.find((known) => known === asked);
  const sort = oneOf(call.params, 'sort', ['asc', 'desc']) ?? 'desc';
  if (!order) throw errors.notAllowed('Keyset pagination is not yet available for this type of request');
  const cursor = readCursor(text(call.params, 'cursor'), order, sort);
  const sign = sort === 'asc' ? 1 : -1;
  const all = orderedIssues(call.world, projectIds, order, sort);
  const after = (issue: Issue) =>
    cursor === null || compareKeys(orderKey(issue, order), issue.id, cursor.key, cursor.id, sign) > 0;
  const issues: Issue[] = [];
  let more = false;
  for (let at = firstIndex(all, after); at < all.length; at++) {
    const issue = all[at];
    if (!issue || !tests.every((test) => test(issue))) continue;
    if (issues.length === size) {
      more = true;
      break;
    }
    issues.push(issue);
  }
  const last = issues.at(-1);
  const next = more && last ? writeCursor({ order, sort, key: orderKey(last, order), id: last.id }) : null;
  return { issues, headers: keysetHeaders(call, size, next) };
}

/** Binary search: the first row for which `after` holds. */
function firstIndex(rows: Issue[], after: (issue: Issue) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && after(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(cursor: string | undefined, order: string, sort: string): Cursor | null {
  if (!cursor) return null;
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Cursor;
    if (value.order === order && value.sort === sort && typeof value.id === 'number') return value;
  } catch {
    // Falls through: a cursor of another list, or no cursor at all.
  }
  throw errors.badParameter('cursor is invalid');
}
