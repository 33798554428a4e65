import type { Issue } from '../model/issue.ts';
import type { PolicySettings, Selection } from '../model/policy.ts';
import type { IssueFilter } from '../model/ports.ts';
import type { OtherSubjects } from '../model/rule.ts';
import { daysBefore, elapsedDays } from './days.ts';
import { compilePattern } from './patterns.ts';

/**
 * What GitLab can filter. Only keys it is known to have: it ignores unknown ones in silence (docs/gitlab.md §6).
 * @param now without it, the age is left to `compileUnselected`
 */
export function serverFilter(select: Selection, now?: string): IssueFilter {
  const filter: IssueFilter = { state: select.state, labels: select.labels, issueType: select.issueType };
  if (select.notLabels.length > 0) filter.notLabels = select.notLabels;
  if (select.gitlabMilestone !== null) filter.milestone = select.gitlabMilestone;
  if (select.confidential !== null) filter.confidential = select.confidential;
  if (now !== undefined) {
    if (select.minAgeDays !== null) filter.createdBefore = daysBefore(now, select.minAgeDays);
    if (select.maxAgeDays !== null) filter.createdAfter = daysBefore(now, select.maxAgeDays + 1);
  }
  return filter;
}

type Unselected = (issue: Issue, now: string) => string | null;

/**
 * The whole selection once more, for what GitLab cannot filter and for issues that come from elsewhere:
 * null when the issue is a KR, otherwise the condition it fails.
 */
export function compileUnselected(select: Selection): Unselected {
  const titleMatches = select.title === null ? null : compilePattern(select.title);
  return (issue, now) => {
    const lacking = select.labels.find((label) => !issue.labels.includes(label));
    if (lacking !== undefined) return `it lacks the label "${lacking}"`;
    const barred = select.notLabels.find((label) => issue.labels.includes(label));
    if (barred !== undefined) return `it carries the label "${barred}"`;
    if (select.state !== 'all' && issue.state !== select.state)
      return `it is ${issue.state === 'opened' ? 'open' : issue.state}`;
    if (issue.issueType !== select.issueType)
      return `its type is "${issue.issueType}", not "${select.issueType}"`;
    if (select.confidential !== null && issue.confidential !== select.confidential) {
      return issue.confidential ? 'it is confidential' : 'it is not confidential';
    }
    if (titleMatches && !titleMatches(issue.title)) return `its title does not match ${select.title}`;
    return milestoneProblem(select.gitlabMilestone, issue.gitlabMilestone) ?? ageProblem(select, issue, now);
  };
}

/** Which issues describe an OKR: of the KRs' type and state, by labels of their own. */
export function okrSubjects({ select, okrs }: PolicySettings): OtherSubjects | null {
  if (okrs === null) return null;
  const { state, issueType } = select;
  const { labels, notLabels } = okrs;
  return subjectsOf({ ...everything, state, issueType, labels, notLabels });
}

/** Closed issues that were KRs, whatever their age; null where the policy selects closed ones anyway, or wants none. */
export function closedKrs({ select, dashboard }: PolicySettings): OtherSubjects | null {
  if (dashboard.quarters === 0 || select.state !== 'opened') return null;
  return subjectsOf({ ...select, state: 'closed', minAgeDays: null, maxAgeDays: null });
}

/** What is not asked for. */
export const everything = {
  title: null,
  gitlabMilestone: null,
  confidential: null,
  minAgeDays: null,
  maxAgeDays: null,
} satisfies Partial<Selection>;

const subjectsOf = (select: Selection): OtherSubjects => ({
  filter: serverFilter(select),
  unselected: compileUnselected(select),
});

function milestoneProblem(wanted: string | null, actual: string | null): string | null {
  if (wanted === null) return null;
  if (wanted === 'None') return actual === null ? null : `it is in the GitLab milestone "${actual}"`;
  if (wanted === 'Any') return actual === null ? 'it is in no GitLab milestone' : null;
  return actual === wanted ? null : `it is not in the GitLab milestone "${wanted}"`;
}

function ageProblem(select: Selection, issue: Issue, now: string): string | null {
  const days = elapsedDays(issue.createdAt, now);
  if (select.minAgeDays !== null && days < select.minAgeDays)
    return `it is ${days} days old, not yet ${select.minAgeDays}`;
  if (select.maxAgeDays !== null && days > select.maxAgeDays)
    return `it is ${days} days old, more than ${select.maxAgeDays}`;
  return null;
}
