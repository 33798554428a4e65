import { GatewayError } from '../model/errors.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueQuery } from './issue-query.ts';
import { brokenOff, type Page, readNumberedPages } from './pages.ts';

export interface ListOptions {
  /** `the issues of project group/a`, for messages. */
  thing: string;
  /** Project issues have keyset pagination since GitLab 18.3, group issues never. */
  tryKeyset: boolean;
  /** ISO 8601: issues created before that do not matter. */
  createdAfter: string | null;
  createdBefore: string | null;
}

/**
 * All issues of a project or group that match, oldest first, each once, however the list changes meanwhile.
 *
 * Both ways of going on are anchored in an issue and not in a number: keyset where the server has it, else seeking,
 * that is, asking again for what was created at or after the last one read (docs/gitlab.md §3). So no limit on offsets is ever
 * met. The next page is on its way once half of this one was taken, and no more than these two are held.
 *
 * @throws GatewayError after what could be read: `incomplete-list` when the list broke off at a later page,
 * `unexpected-response` when single issues could not be understood
 */
export async function* listIssues(query: IssueQuery, options: ListOptions): AsyncGenerator<Issue> {
  const isNew = createMemory();
  let problem: string | null = null;
  let page = firstPage(query, options);
  for (let number = 1; ; number += 1) {
    const current = await orBrokenOff(page, number, options.thing);
    problem ??= current.problem;
    let following: Promise<IssuePage> | null = null;
    const half = current.items.length >> 1;
    for (const [index, issue] of current.items.entries()) {
      if (index === half) following = sentFor(current);
      if (isNew(issue)) yield issue;
    }
    if (current.items.length === 0) following = sentFor(current);
    if (following === null) break;
    page = following;
  }
  if (problem !== null) throw new GatewayError('unexpected-response', problem);
}

interface IssuePage {
  items: Issue[];
  /** The first issue that could not be understood. */
  problem: string | null;
  /** Sends for the next page; null when this was the last one. */
  following: () => Promise<IssuePage> | null;
}

/** If no one asks for the next page, its failure does not matter. */
function sentFor(page: IssuePage): Promise<IssuePage> | null {
  const following = page.following();
  following?.catch(() => undefined);
  return following;
}

async function orBrokenOff(page: Promise<IssuePage>, number: number, thing: string): Promise<IssuePage> {
  try {
    return await page;
  } catch (error) {
    throw brokenOff(error, number, thing);
  }
}

async function firstPage(query: IssueQuery, options: ListOptions): Promise<IssuePage> {
  if (!options.tryKeyset) return seek(query, options, options.createdAfter);
  try {
    return await keyset(query, options, null);
  } catch (error) {
    // A server before 18.3 that says so. Others ignore the parameter; see `keyset`.
    const refused = error instanceof GatewayError && (error.status === 405 || error.status === 400);
    if (!refused) throw error;
    return seek(query, options, options.createdAfter);
  }
}

async function keyset(query: IssueQuery, options: ListOptions, cursor: string | null): Promise<IssuePage> {
  const page = await query({ pagination: 'keyset', ...(cursor === null ? {} : { cursor }) });
  const next = page.next?.get('cursor') ?? null;
  return {
    items: page.items,
    problem: page.problem,
    following: () => {
      if (page.next === null) return null;
      // A next page without a cursor: the server has numbered pages only, and those lose issues.
      return next === null ? seekOn(query, options, page) : keyset(query, options, next);
    },
  };
}

async function seek(
  query: IssueQuery,
  options: ListOptions,
  createdAfter: string | null,
): Promise<IssuePage> {
  const page = await query(createdAfter === null ? {} : { createdAfter });
  return {
    items: page.items,
    problem: page.problem,
    following: () => (page.next === null ? null : seekOn(query, options, page)),
  };
}

async function seekOn(query: IssueQuery, options: ListOptions, page: Page<Issue>): Promise<IssuePage> {
  const first = page.items[0]?.createdAt;
  const last = page.items.at(-1)?.createdAt;
  if (first === undefined || last === undefined) {
    throw new GatewayError(
      'unexpected-response',
      page.problem ?? `GitLab sent an empty page of ${options.thing} and says that more follow.`,
    );
  }
  return Date.parse(first) === Date.parse(last)
    ? oneInstant(query, options, last)
    : seek(query, options, last);
}

/** A whole page was created in one millisecond (an import does that): numbered pages within it, then on. */
async function oneInstant(query: IssueQuery, options: ListOptions, instant: string): Promise<IssuePage> {
  // The server keeps microseconds and tells milliseconds.
  const nextInstant = new Date(Date.parse(instant) + 1).toISOString();
  const limit = options.createdBefore;
  const isLast = limit !== null && Date.parse(limit) < Date.parse(nextInstant);
  let problem: string | null = null;
  const items = await readNumberedPages(
    async (page) => {
      const createdBefore = isLast ? limit : nextInstant;
      const result = await query({ createdAfter: instant, createdBefore, page });
      problem ??= result.problem;
      return { ...result, problem: null };
    },
    (issue) => issue.id,
  );
  return { items, problem, following: () => (isLast ? null : seek(query, options, nextInstant)) };
}

/**
 * Remembers what a later page can bring again: the issues of the last instant read. The list is ordered by creation,
 * so anything older cannot come back, and memory stays flat.
 */
function createMemory(): (issue: Issue) => boolean {
  let instant = -Infinity;
  let ids = new Set<number>();
  return ({ id, createdAt }) => {
    const time = Date.parse(createdAt);
    if (time > instant) {
      instant = time;
      ids = new Set();
    }
    if (ids.has(id)) return false;
    ids.add(id);
    return true;
  };
}
