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
    inactive: withAll(people?.inactive ?? none, involved.filter(isInactive)),
    ...(people === undefined
      ? {}
      : {
          members: people.all,
          called: people.called,
          ...(people.complete === false ? { openToOthers: true } : {}),
        }),
  };
}

const none: ReadonlySet<string> = new Set();

/** The names with those of the users, in lower case. */
function withAll(names: ReadonlySet<string>, users: readonly User[]): ReadonlySet<string> {
  if (users.length === 0) return names;
  return new Set([...names, ...users.map(({ username }) => username.toLowerCase())]);
}

const isInactive = ({ state }: User): boolean => state !== undefined && state !== 'active';
