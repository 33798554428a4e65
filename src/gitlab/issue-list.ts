import { GatewayError } from '../model/errors.ts';
import type { Issue } from '../model/issue.ts';
import type { IssueFilter } from '../model/ports.ts';
import { type Client, envelopeOf } from './client.ts';
import { brokenOff, type Page, parsePage, readNumberedPages } from './pages.ts';
import { issueSchema } from './schema.ts';
import { toIssue } from './to-model.ts';

/** A project by its numeric id, or a group. */
export type IssueHome = { projectId: number } | { groupId: string | number };

const PER_PAGE = 100;

/**
 * All issues of a project or group that match, oldest first, each once, however the list changes meanwhile.
 *
 * Both ways of going on are anchored in an issue and not in a number: keyset where the server has it (project issues,
 * GitLab 18.3+), else seeking, that is, asking again for what was created at or after the last one read (FACTS §3).
 * The next page is on its way while this one is worked on.
 */
export async function* listIssues(
  client: Client,
  home: IssueHome,
  filter: IssueFilter,
): AsyncGenerator<Issue> {
  const seen = createMemory();
  let problem: string | null = null;
  let page = firstPage(client, home, filter);
  for (let number = 1; ; number += 1) {
    let current: IssuePage;
    try {
      current = await page;
    } catch (error) {
      throw brokenOff(error, number, 'thing' in home ? '' : nameOf(home));
    }
    problem ??= current.problem;
    const following = current.following();
    if (following !== null) {
      page = following;
      // Should nobody ask for it any more, its failure is nobody's business.
      page.catch(() => undefined);
    }
    for (const issue of current.items) {
      if (seen.add(issue)) yield issue;
    }
    if (following === null) break;
  }
  if (problem !== null) throw new GatewayError('unexpected-response', problem);
}

function nameOf(home: IssueHome): string {
  return 'projectId' in home
    ? `the issues of project ${home.projectId}`
    : `the issues of group ${home.groupId}`;
}

interface IssuePage {
  items: Issue[];
  problem: string | null;
  /** Sends for the next page; null when this was the last one. */
  following: () => Promise<IssuePage> | null;
}

async function firstPage(client: Client, home: IssueHome, filter: IssueFilter): Promise<IssuePage> {
  if (!('projectId' in home)) return seek(client, home, filter, filter.createdAfter ?? null);
  try {
    return await keyset(client, home, filter, null);
  } catch (error) {
    // 405 and 400: a server before 18.3 that says so. Others ignore the parameter; see `keyset`.
    const refused = error instanceof GatewayError && (error.status === 405 || error.status === 400);
    if (!refused) throw error;
    return seek(client, home, filter, filter.createdAfter ?? null);
  }
}

async function keyset(
  client: Client,
  home: { projectId: number },
  filter: IssueFilter,
  cursor: string | null,
): Promise<IssuePage> {
  const page = await fetchPage(client, home, filter, {
    pagination: 'keyset',
    ...(cursor === null ? {} : { cursor }),
  });
  const next = page.next?.get('cursor') ?? null;
  return {
    items: page.items,
    problem: page.problem,
    following: () => {
      if (page.next === null) return null;
      // A next page without a cursor: the server has numbered pages only, and those lose issues.
      return next === null ? seekOn(client, home, filter, page) : keyset(client, home, filter, next);
    },
  };
}

async function seek(
  client: Client,
  home: IssueHome,
  filter: IssueFilter,
  createdAfter: string | null,
): Promise<IssuePage> {
  const page = await fetchPage(client, home, filter, createdAfter === null ? {} : { createdAfter });
  return {
    items: page.items,
    problem: page.problem,
    following: () => (page.next === null ? null : seekOn(client, home, filter, page)),
  };
}

function seekOn(client: Client, home: IssueHome, filter: IssueFilter, page: Page<Issue>): Promise<IssuePage> {
  const first = page.items[0]?.createdAt;
  const last = page.items.at(-1)?.createdAt;
  if (first === undefined || last === undefined) {
    return Promise.reject(
      new GatewayError(
        'unexpected-response',
        page.problem ?? `GitLab sent an empty page of ${page.thing} and says that more follow.`,
      ),
    );
  }
  return Date.parse(first) === Date.parse(last)
    ? oneInstant(client, home, filter, last)
    : seek(client, home, filter, last);
}

/** A whole page was created in one millisecond (an import does that): numbered pages within it, then on. */
async function oneInstant(
  client: Client,
  home: IssueHome,
  filter: IssueFilter,
  instant: string,
): Promise<IssuePage> {
  // The server keeps microseconds and tells milliseconds.
  const nextInstant = new Date(Date.parse(instant) + 1).toISOString();
  const until = earlier(filter.createdBefore, nextInstant);
  let problem: string | null = null;
  const items = await readNumberedPages(
    async (page) => {
      const result = await fetchPage(client, home, filter, {
        createdAfter: instant,
        createdBefore: until,
        page,
      });
      problem ??= result.problem;
      return { ...result, problem: null };
    },
    (issue) => issue.id,
  );
  return { items, problem, following: () => seek(client, home, filter, nextInstant) };
}

function earlier(a: string | undefined, b: string): string {
  return a !== undefined && Date.parse(a) < Date.parse(b) ? a : b;
}

async function fetchPage(
  client: Client,
  home: IssueHome,
  filter: IssueFilter,
  position: {
    pagination?: 'keyset';
    cursor?: string;
    createdAfter?: string;
    createdBefore?: string;
    page?: number;
  },
): Promise<Page<Issue>> {
  const envelope = await envelopeOf(
    client.issues.all({ ...home, ...queryOf(filter), ...position } as Parameters<Client['issues']['all']>[0]),
  );
  const page = parsePage(issueSchema, envelope);
  return { ...page, items: page.items.map(toIssue) };
}

/** Sends what has treacherous defaults always: `state`, `scope`, `issue_type` (FACTS §6). */
function queryOf(filter: IssueFilter): Record<string, unknown> {
  return {
    state: filter.state,
    scope: 'all',
    issueType: filter.issueType,
    orderBy: 'created_at',
    sort: 'asc',
    perPage: PER_PAGE,
    ...(filter.labels.length > 0 ? { labels: filter.labels.join(',') } : {}),
    ...(filter.notLabels !== undefined && filter.notLabels.length > 0
      ? { not: { labels: filter.notLabels.join(',') } }
      : {}),
    ...(filter.milestone === undefined ? {} : { milestone: filter.milestone }),
    ...(filter.confidential === undefined ? {} : { confidential: filter.confidential }),
    ...(filter.createdAfter === undefined ? {} : { createdAfter: filter.createdAfter }),
    ...(filter.createdBefore === undefined ? {} : { createdBefore: filter.createdBefore }),
    ...(filter.updatedAfter === undefined ? {} : { updatedAfter: filter.updatedAfter }),
  };
}

/**
 * Remembers what a later page can bring again: the issues of the last instant read. The list is ordered by creation,
 * so anything older cannot come back, and memory stays flat.
 */
function createMemory(): { add: (issue: Issue) => boolean } {
  let instant = -Infinity;
  let ids = new Set<number>();
  return {
    add({ id, createdAt }) {
      const time = Date.parse(createdAt);
      if (time > instant) {
        instant = time;
        ids = new Set();
      }
      if (ids.has(id)) return false;
      ids.add(id);
      return true;
    },
  };
}
