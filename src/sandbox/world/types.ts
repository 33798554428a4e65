import type { SandboxClock } from '../clock.ts';
import type { SandboxSettings } from '../settings.ts';

export interface User {
  id: number;
  username: string;
  name: string;
  state: 'active' | 'blocked';
  bot: boolean;
  admin: boolean;
  createdAt: number;
}

export interface Token {
  id: number;
  name: string;
  value: string;
  userId: number;
  scopes: string[];
  kind: 'personal' | 'project' | 'group' | 'service';
  /** The only project, or group, that this token reaches. */
  projectId: number | null;
  groupId: number | null;
  expiresAt: string | null;
  revoked: boolean;
  permissions: ('read' | 'write')[];
  createdAt: number;
}

export interface Label {
  id: number;
  name: string;
  color: string;
  description: string | null;
  archived: boolean;
  projectId: number | null;
  groupId: number | null;
}

export interface GitLabMilestone {
  id: number;
  iid: number;
  title: string;
  description: string | null;
  state: 'active' | 'closed';
  startDate: string | null;
  dueDate: string | null;
  projectId: number | null;
  groupId: number | null;
  createdAt: number;
}

interface Namespace {
  id: number;
  path: string;
  name: string;
  visibility: 'private' | 'internal' | 'public';
  /** User id → access level. */
  members: Map<number, number>;
  labels: Label[];
  milestones: GitLabMilestone[];
}

/** An epic of a group; only its iid is shared with the work item it is kept as. */
export interface Epic {
  id: number;
  iid: number;
  workItemId: number;
  title: string;
  description: string | null;
  state: 'opened' | 'closed';
  confidential: boolean;
  issueIds: number[];
  createdAt: number;
}

export interface Group extends Namespace {
  parentId: number | null;
  epics: Map<number, Epic>;
}

export interface Project extends Namespace {
  groupId: number;
  archived: boolean;
  issuesEnabled: boolean;
  nextIid: number;
  issues: Map<number, Issue>;
  /** As far as their comments go. GitLab keeps both as "noteables": one is an issue that is in no list of issues. */
  mergeRequests: Map<number, Issue>;
  createdAt: number;
}

export interface Award {
  id: number;
  name: string;
  userId: number;
  createdAt: number;
}

export interface Note {
  id: number;
  body: string;
  authorId: number;
  createdAt: number;
  updatedAt: number;
  system: boolean;
  internal: boolean;
  type: 'DiscussionNote' | null;
  discussionId: string;
  resolvedById: number | null;
  resolvedAt: number | null;
  /** A system note about something the reader may not see: dropped after the page is cut. */
  hidden: boolean;
  /** The issue that a system note names; who cannot read that one cannot read the note. */
  aboutIssueId: number | null;
  awards: Award[];
}

export interface LabelEvent {
  id: number;
  userId: number;
  labelId: number;
  action: 'add' | 'remove';
  createdAt: number;
}

export interface StateEvent {
  id: number;
  userId: number;
  state: 'closed' | 'reopened';
  createdAt: number;
}

export interface Issue {
  id: number;
  iid: number;
  projectId: number;
  title: string;
  description: string | null;
  state: 'opened' | 'closed';
  type: string;
  authorId: number;
  assigneeIds: number[];
  labelIds: number[];
  milestoneId: number | null;
  dueDate: string | null;
  weight: number | null;
  confidential: boolean;
  discussionLocked: boolean | null;
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  closedById: number | null;
  movedToId: number | null;
  notes: Note[];
  /** Comments without system notes. */
  userNotesCount: number;
  labelEvents: LabelEvent[];
  stateEvents: StateEvent[];
}

/** Somebody at work on an issue: what is done there is done with this user's rights. */
export interface Act {
  world: World;
  project: Project;
  issue: Issue;
  user: User;
}

export interface IssueLink {
  id: number;
  sourceId: number;
  targetId: number;
  type: 'relates_to' | 'blocks';
  createdAt: number;
}

/** A mail that would have gone out, or a to-do that is in someone's list. */
export interface Notice {
  userId: number;
  reason: 'mentioned' | 'assigned' | 'author' | 'participating' | 'own-request';
  what: 'note' | 'description' | 'assignment' | 'closed' | 'reopened';
  issueId: number;
  noteId: number | null;
  at: number;
}

export interface World {
  settings: SandboxSettings;
  clock: SandboxClock;
  /** `http://127.0.0.1:port`, for links. */
  origin: string;
  users: Map<number, User>;
  userByName: Map<string, User>;
  tokens: Map<string, Token>;
  groups: Map<number, Group>;
  projects: Map<number, Project>;
  /** Full path, lower case → id. */
  paths: Map<string, { kind: 'group' | 'project'; id: number }>;
  /** A path a project once had → its id. */
  formerPaths: Map<string, number>;
  labels: Map<number, Label>;
  milestones: Map<number, GitLabMilestone>;
  issues: Map<number, Issue>;
  links: Map<number, IssueLink>;
  mails: Notice[];
  todos: Notice[];
  nextId: number;
  /** Grows whenever the order of a list may have changed; see issue-order.ts. */
  revision: { membership: number; content: number };
  /** Text → names mentioned in it. */
  mentionCache: Map<string, Set<string>>;
  orderCache: Map<string, { stamp: string; issues: Issue[] }>;
}

/** A seed that contradicts itself: it names what it does not define. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
}

/** An answer other than 2xx, thrown from wherever it is noticed. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}
