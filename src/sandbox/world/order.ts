import type { Issue, World } from './types.ts';

/** Orders that the lists know; the rest of GitLab's orders sorts like `created_at` here. */
export type IssueOrder =
  | 'created_at'
  | 'updated_at'
  | 'due_date'
  | 'title'
  | 'id'
  | 'weight'
  | 'relative_position';

type Key = number | string | null;

export function orderKey(issue: Issue, order: IssueOrder): Key {
  switch (order) {
    case 'updated_at':
      return issue.updatedAt;
    case 'due_date':
      return issue.dueDate;
    case 'title':
      return issue.title;
    case 'weight':
      return issue.weight;
    case 'id':
    case 'relative_position':
      return issue.id;
    case 'created_at':
    default:
      return issue.createdAt;
  }
}

/** Ascending or descending by key; nulls last either way; ties by id in the same direction. */
export function compareKeys(a: Key, aId: number, b: Key, bId: number, sign: 1 | -1): number {
  if (a !== b) {
    if (a === null) return 1;
    if (b === null) return -1;
    return a < b ? -sign : sign;
  }
  return (aId - bId) * sign;
}

/**
 * All issues of some projects in one order. Kept between requests: creation order is until an issue appears or
 * goes, the others until any issue changes (and then the list is nearly sorted already, which sorts fast).
 */
export function orderedIssues(
  world: World,
  projectIds: number[],
  order: IssueOrder,
  sort: 'asc' | 'desc',
): Issue[] {
  const key = `${projectIds.join(',')} ${order} ${sort}`;
  const { membership, content } = world.revision;
  const stamp = order === 'created_at' || order === 'id' ? `${membership}` : `${membership}.${content}`;
  const cached = world.orderCache.get(key);
  if (cached?.stamp === stamp) return cached.issues;
  const fresh = cached?.stamp.split('.')[0] === `${membership}`;
  const issues =
    cached && fresh
      ? cached.issues
      : projectIds.flatMap((id) => [...(world.projects.get(id)?.issues.values() ?? [])]);
  const sign = sort === 'asc' ? 1 : -1;
  issues.sort((a, b) => compareKeys(orderKey(a, order), a.id, orderKey(b, order), b.id, sign));
  if (world.orderCache.size > 50) world.orderCache.clear();
  world.orderCache.set(key, { stamp, issues });
  return issues;
}
