import { hash } from 'node:crypto';
import type { Issue } from '../model/issue.ts';

/**
 * Everything the list shows of an issue but when it was last changed, as 32 hexadecimal digits. A deleted comment
 * shows in `userNotesCount` alone, an edited one in `updatedAt` alone (docs/gitlab.md §24).
 */
export function fingerprintOf(issue: Issue): string {
  // In the order of their names, so that what earlier versions kept is still the same.
  const seen = {
    assignees: issue.assignees.map(({ username }) => username),
    author: issue.author.username,
    confidential: issue.confidential,
    createdAt: issue.createdAt,
    description: issue.description,
    discussionLocked: issue.discussionLocked,
    dueDate: issue.dueDate,
    gitlabMilestone: issue.gitlabMilestone,
    id: issue.id,
    iid: issue.iid,
    issueType: issue.issueType,
    labels: issue.labels.toSorted(),
    movedToId: issue.movedToId,
    projectId: issue.projectId,
    ref: issue.ref,
    state: issue.state,
    title: issue.title,
    userNotesCount: issue.userNotesCount,
  } satisfies Record<keyof Omit<Issue, 'updatedAt' | 'url'>, unknown>;
  return hash('sha256', JSON.stringify(Object.entries(seen)), 'hex').slice(0, 32);
}
