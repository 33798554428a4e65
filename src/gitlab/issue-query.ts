import type { Issue } from '../model/issue.ts';
import type { IssueFilter } from '../model/ports.ts';
import { type Client, envelopeOf } from './client.ts';
import { type Page, parsePage } from './pages.ts';
import { issueSchema } from './schema.ts';
import { toIssue } from './to-model.ts';

/** A project by its numeric id, or a group. */
export type IssueHome = { projectId: number } | { groupId: string | number };

/** Where in the list a page begins. */
export interface Position {
  pagination?: 'keyset';
  cursor?: string;
  /** ISO 8601, inclusive. */
  createdAfter?: string;
  createdBefore?: string;
  page?: number;
}

/** Asks for one page of the issues that match, ordered by creation. */
export type IssueQuery = (position: Position) => Promise<Page<Issue>>;

export function issueQuery(client: Client, home: IssueHome, filter: IssueFilter): IssueQuery {
  const fixed = { ...home, ...parametersOf(filter) };
  return async (position) => {
    // gitbeaker's types know neither `cursor` nor an issue type as a word.
    const query = { ...fixed, ...position } as Parameters<Client['issues']['all']>[0];
    const page = parsePage(issueSchema, await envelopeOf(client.issues.all(query)));
    return { ...page, items: page.items.map(toIssue) };
  };
}

/** Always sends what has treacherous defaults: `state`, `scope`, `issue_type` (docs/gitlab.md §6). */
function parametersOf(filter: IssueFilter): Record<string, unknown> {
  const {
    labels,
    notLabels = [],
    milestone,
    confidential,
    authorId,
    createdAfter,
    createdBefore,
    updatedAfter,
  } = filter;
  return {
    state: filter.state,
    scope: 'all',
    issueType: filter.issueType,
    orderBy: 'created_at',
    sort: 'asc',
    perPage: 100,
    ...(labels.length > 0 ? { labels: labels.join(',') } : {}),
    ...(notLabels.length > 0 ? { not: { labels: notLabels.join(',') } } : {}),
    ...(milestone === undefined ? {} : { milestone }),
    ...(confidential === undefined ? {} : { confidential }),
    ...(authorId === undefined ? {} : { authorId }),
    ...(createdAfter === undefined ? {} : { createdAfter }),
    ...(createdBefore === undefined ? {} : { createdBefore }),
    ...(updatedAfter === undefined ? {} : { updatedAfter }),
  };
}
