import type { Issue, User } from '../model/issue.ts';
import type { IssueFacts } from '../model/rule.ts';

/** What is known of the people of a project; user names in lower case. */
export interface KnownPeople {
  all: ReadonlySet<string>;
  inactive: ReadonlySet<string>;
  called: ReadonlyMap<string, string>;
  /** False: people who are not among them may still take part in the project. Left out: true. */
  complete?: boolean;
}

/** What GitLab says of an issue, as rules see it. */
export function issueFacts(issue: Issue, people: KnownPeople | undefined): IssueFacts {
  const involved = [issue.author, ...issue.assignees];
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
    inactive: new Set([
      ...(people?.inactive ?? []),
      ...involved.filter(isInactive).map((user) => user.username.toLowerCase()),
    ]),
    ...(people === undefined
      ? {}
      : {
          members: people.all,
          called: people.called,
          ...(people.complete === false ? { openToOthers: true } : {}),
        }),
  };
}

const isInactive = ({ state }: User): boolean => state !== undefined && state !== 'active';
