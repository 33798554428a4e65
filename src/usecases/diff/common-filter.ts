import type { IssueFilter } from '../../model/ports.ts';

/**
 * Filters under which GitLab lists every issue that one of the given filters lets through, and none twice.
 * One filter, unless they ask for different types of issue, of which GitLab takes one at a time.
 */
export function commonFilters(filters: readonly IssueFilter[]): IssueFilter[] {
  const byType = new Map<string, IssueFilter>();
  for (const filter of filters) {
    const other = byType.get(filter.issueType);
    byType.set(filter.issueType, other === undefined ? filter : weaker(other, filter));
  }
  return [...byType.values()];
}

/** What both demand is demanded; where they differ, the looser of the two, or nothing. */
function weaker(a: IssueFilter, b: IssueFilter): IssueFilter {
  const filter: IssueFilter = {
    state: a.state === b.state ? a.state : 'all',
    labels: a.labels.filter((label) => b.labels.includes(label)),
    issueType: a.issueType,
  };
  const notLabels = a.notLabels?.filter((label) => b.notLabels?.includes(label)) ?? [];
  if (notLabels.length > 0) filter.notLabels = notLabels;
  if (a.milestone !== undefined && a.milestone === b.milestone) filter.milestone = a.milestone;
  if (a.confidential !== undefined && a.confidential === b.confidential) filter.confidential = a.confidential;
  for (const key of ['createdAfter', 'updatedAfter'] as const) {
    const [first, second] = [a[key], b[key]];
    if (first !== undefined && second !== undefined) filter[key] = first < second ? first : second;
  }
  if (a.createdBefore !== undefined && b.createdBefore !== undefined) {
    filter.createdBefore = a.createdBefore > b.createdBefore ? a.createdBefore : b.createdBefore;
  }
  return filter;
}
