import type { Activity } from './activity.ts';
import type { KrHygieneDocument } from './document.ts';
import type { Issue, TokenInfo, User } from './issue.ts';

/** What is kept of one issue from one run to the next. */
export interface Remembered {
  /** What its description was read as. */
  document: KrHygieneDocument;
  /** Its comments and events; null: they were not read. */
  activity: Activity | null;
}

/** Whose token it is: its id, scopes and end never change, the name of its user may. Null: not known. */
export interface Self {
  user: User | null;
  token: TokenInfo | null;
}

/** The first issue that a run did not come to, and its position in the order of the scan, counted from 1. */
export interface Stopped {
  projectId: number;
  iid: number;
  order: number;
}

/**
 * What earlier runs learned, so that this one asks only for what changed. GitLab is the truth: whatever is kept here
 * may be lost, broken, old or another's without changing any result, only the number of requests.
 */
export interface Memory {
  /** What is known of this issue as the list shows it now; null: nothing, or something about it has changed. */
  recall(issue: Issue): Promise<Remembered | null>;
  /**
   * Keeps what was learned for the next run.
   * @param issue as the next list will show it if no one does anything: after our own writes, not before
   * @param how `unsettled`: we wrote to it just now, so for a minute changes of comments do not show in lists
   */
  keep(issue: Issue, remembered: Remembered, how: 'settled' | 'unsettled'): Promise<void>;
  /** Keeps what was recalled of this issue as it is, for nothing about it has changed. */
  keepAsIs(issue: Issue): Promise<void>;
  /** Takes back what was kept in this run, for the issue is being changed again. */
  forget(projectId: number, iid: number): void;
  self(): Promise<Self>;
  keepSelf(known: Partial<Self>): void;
  /** Where the last run stopped; null: it came to its end. */
  stopped(): Stopped | null;
  keepStopped(at: Stopped | null): void;
}
