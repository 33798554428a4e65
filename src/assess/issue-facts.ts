import type { Issue } from '../model/issue.ts';
import type { IssueFacts } from '../model/rule.ts';

/** What GitLab says of an issue, as rules see it. */
export function issueFacts(issue: Issue, members: ReadonlySet<string> | undefined): IssueFacts {
  return {
    title: issue.title,
    dueDate: issue.dueDate,
    assignees: issue.assignees.map((user) => user.username),
    labels: issue.labels,
    author: issue.author.username,
    createdAt: issue.createdAt,
    confidential: issue.confidential,
    gitlabMilestone: issue.gitlabMilestone,
    state: issue.state,
    project: issue.ref.replace(/#\d+$/, ''),
    ...(members === undefined ? {} : { members }),
  };
}
