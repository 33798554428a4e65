import type { Activity, Reaction } from './activity.ts';
import type { Issue, Label, Member, Note, Project, TokenInfo, User } from './issue.ts';
import type { KnownItem } from './plan-folder.ts';

/** What GitLab can be asked to filter; everything else is filtered after reading. */
export interface IssueFilter {
  state: 'opened' | 'closed' | 'all';
  /** ANDed, case-sensitive. */
  labels: string[];
  notLabels?: string[];
  /** GitLab milestone title. */
  milestone?: string;
  confidential?: boolean;
  /** Id of the user who opened it. */
  authorId?: number;
  /** `issue` unless more is wanted. */
  issueType: string;
  /** ISO 8601 instants. */
  createdAfter?: string;
  createdBefore?: string;
  updatedAfter?: string;
}

export type IssueSource = { project: string | number } | { group: string | number };

/**
 * Reading GitLab. Every method either returns everything or throws a `GatewayError`;
 * a list that could not be read to its end is an error, never a shorter list.
 */
export interface IssueReader {
  currentUser(): Promise<User>;
  tokenInfo(): Promise<TokenInfo>;
  /** Cached for the run. */
  project(idOrPath: string | number): Promise<Project>;
  /** The projects of a group and its subgroups, as far as the token sees them, page by page. */
  projectsOf(group: string | number): AsyncIterable<Project[]>;
  /** Streams page by page, each issue once. Throws after what could be read when the list breaks off. */
  issues(source: IssueSource, filter: IssueFilter): AsyncIterable<Issue>;
  issue(project: string | number, iid: number): Promise<Issue>;
  /** Comments without system notes, oldest first, to the very end of the list. */
  notes(projectId: number, iid: number): Promise<Note[]>;
  /**
   * Comments, system notes, label and state events of an issue, each list to its very end. Events that this GitLab
   * does not tell of at all (404) are named in `Activity.untold`.
   */
  activity(projectId: number, iid: number): Promise<Activity>;
  /** Emoji reactions to a comment, oldest first. */
  reactions(projectId: number, iid: number, noteId: number): Promise<Reaction[]>;
  /** Direct and inherited members; cached for the run. */
  members(projectId: number): Promise<Member[]>;
  /** Project labels and those of ancestor groups; cached for the run. */
  labels(projectId: number): Promise<Label[]>;
}

/** The comments of a merge request, which is not an issue, in the form of those of issues. */
export interface NoteThread {
  notes(projectId: number, iid: number): Promise<Note[]>;
  createNote(projectId: number, iid: number, body: string): Promise<Note>;
  updateNote(projectId: number, iid: number, noteId: number, body: string): Promise<Note>;
  /** A note that is gone already counts as deleted. */
  deleteNote(projectId: number, iid: number, noteId: number): Promise<void>;
}

/** Reading the epics of plans, and the issues that stand in for them; throws a `GatewayError` for what may not be read. */
export interface PlanItemReader {
  epic(group: string, iid: number): Promise<KnownItem>;
  issue(project: string, iid: number): Promise<KnownItem>;
}

/** The labels an issue carries after the change, as GitLab answered. */
export interface LabelChange {
  add: string[];
  remove: string[];
}

/** A change to the issue itself: an opt-in fix. */
export type IssueEdit =
  | { dueDate: string }
  | { assigneeIds: number[] }
  | { description: string }
  /** Of a duplicate of our own. */
  | { title: string; description: string; stateEvent: 'close' };

/**
 * Writing to GitLab. A method resolves only when GitLab confirmed the write, and throws a `GatewayError` otherwise;
 * `outcome: 'unknown'` on that error says that the server may still have acted.
 */
export interface IssueWriter {
  createNote(projectId: number, iid: number, body: string): Promise<Note>;
  updateNote(projectId: number, iid: number, noteId: number, body: string): Promise<Note>;
  /** A note that is gone already counts as deleted. */
  deleteNote(projectId: number, iid: number, noteId: number): Promise<void>;
  changeLabels(projectId: number, iid: number, change: LabelChange): Promise<Issue>;
  /** Sets what is named, and leaves all else as it is. */
  editIssue(projectId: number, iid: number, change: IssueEdit): Promise<Issue>;
}

/** Making an issue of the bot's own, the digest. As with `IssueWriter`: resolves only when GitLab confirmed it. */
export interface IssueMaker {
  createIssue(projectId: number, issue: { title: string; description: string }): Promise<Issue>;
}

/** The present moment as an ISO 8601 instant. */
export type Clock = () => string;

/** Counts of HTTP requests, for the report. */
export interface RequestCounts {
  total: number;
  retried: number;
  throttled: number;
}
