/** GitLab's things, as far as the bot looks at them. Ids: `id` is unique in the instance, `iid` in the project. */

export interface User {
  id: number;
  username: string;
  name: string;
  /** A program, where GitLab says so; absent: it does not say. */
  bot?: boolean;
  /** `active`, `blocked` …, where GitLab says so. */
  state?: string;
}

export interface Project {
  id: number;
  /** `group/subgroup/project` */
  path: string;
  webUrl: string;
  archived: boolean;
  issuesEnabled: boolean;
  /** `private`, `internal`, `public`; absent: GitLab does not say. */
  visibility?: string;
}

export interface Issue {
  id: number;
  projectId: number;
  iid: number;
  /** `group/project#12` */
  ref: string;
  url: string;
  title: string;
  /** Null in GitLab becomes ''. */
  description: string;
  state: 'opened' | 'closed';
  labels: string[];
  /** GitLab's milestone (never a KR milestone), by title. */
  gitlabMilestone: string | null;
  author: User;
  assignees: User[];
  confidential: boolean;
  discussionLocked: boolean;
  /** `YYYY-MM-DD` */
  dueDate: string | null;
  createdAt: string;
  updatedAt: string;
  /** Comments, system notes not counted. */
  userNotesCount: number;
  /** `issue`, `incident`, `task` … */
  issueType: string;
  /** The id of the issue this one was moved to. */
  movedToId: number | null;
}

export interface Note {
  id: number;
  body: string;
  author: User;
  createdAt: string;
  updatedAt: string;
  system: boolean;
  internal: boolean;
}

/** Access levels: 5 minimal, 10 guest, 15 planner, 20 reporter, 30 developer, 40 maintainer, 50 owner. */
export interface Member {
  id: number;
  username: string;
  name: string;
  accessLevel: number;
  state: string;
}

export interface Label {
  name: string;
}

/** What `GET /personal_access_tokens/self` tells. */
export interface TokenInfo {
  scopes: string[];
  active: boolean;
  /** `YYYY-MM-DD`; the token dies at 00:00 UTC of that day. Null: never. */
  expiresAt: string | null;
}
