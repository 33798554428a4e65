import type { Issue } from '../model/issue.ts';
import type { IssueFilter } from '../model/ports.ts';

/** Asks GitLab for what matches. */
type Ask = (filter: IssueFilter) => AsyncIterable<Issue>;

/** Issues closed long ago that may turn up before they are left to GitLab's own filter: less than half a page. */
const TOO_MANY = 25;

/**
 * Whether two lists differ in nothing but that one holds open issues and the other those closed lately, so that one
 * list can bring both.
 */
export function isPair(open: IssueFilter, closed: IssueFilter): boolean {
  const { state, ...wanted } = open;
  const { state: closedState, updatedAfter, ...alike } = closed;
  const isRange = wanted.createdAfter !== undefined || wanted.createdBefore !== undefined;
  return (
    state === 'opened' &&
    closedState === 'closed' &&
    updatedAfter !== undefined &&
    !isRange &&
    sameFacts(wanted, alike)
  );
}

function sameFacts(one: object, other: object): boolean {
  const ordered = (facts: object): string =>
    JSON.stringify(Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return ordered(one) === ordered(other);
}

/**
 * Open issues and those closed lately in one list: where few were closed long ago, as in all small and all young
 * projects, it takes a request less than two lists. Where more turn up, the rest is asked for in two lists, from there
 * on. What GitLab holds decides, so that the shards of a night all meet the same issues in the same order. Ids may come
 * twice.
 */
export async function* together(
  ask: Ask,
  open: IssueFilter,
  closed: IssueFilter,
): AsyncGenerator<{ issue: Issue; isOpen: boolean }> {
  const since = Date.parse(closed.updatedAfter ?? '');
  let stale = 0;
  let from: string | null = null;
  for await (const issue of ask({ ...open, state: 'all' })) {
    const isOpen = issue.state === 'opened';
    if (isOpen || Date.parse(issue.updatedAt) >= since) yield { issue, isOpen };
    else stale += 1;
    if (stale < TOO_MANY) continue;
    from = issue.createdAt;
    break;
  }
  if (from === null) return;
  for await (const issue of ask({ ...open, createdAfter: from })) yield { issue, isOpen: true };
  for await (const issue of ask({ ...closed, createdAfter: from })) yield { issue, isOpen: false };
}
