import type { Note, User } from './issue.ts';

/** A label put on an issue or taken off it (`resource_label_events`). */
export interface LabelEvent {
  id: number;
  action: 'add' | 'remove';
  /** Null: the label was deleted since. */
  label: string | null;
  user: User | null;
  /** ISO 8601 instant */
  createdAt: string;
}

/** An issue closed or reopened (`resource_state_events`); the initial state is not recorded. */
export interface StateEvent {
  id: number;
  state: 'closed' | 'reopened';
  user: User | null;
  /** ISO 8601 instant */
  createdAt: string;
}

/** An emoji reaction to a comment. */
export interface Reaction {
  id: number;
  /** `zzz`, `eyes`, `thumbsup` … */
  name: string;
  user: User;
  /** ISO 8601 instant */
  createdAt: string;
}

/** All that GitLab keeps of an issue's past; each list whole and oldest first. */
export interface Activity {
  /** Comments of people and bots, our own included. */
  comments: readonly Note[];
  /** Notes that GitLab wrote: ticks, dates moved, people changed. */
  systemNotes: readonly Note[];
  labelEvents: readonly LabelEvent[];
  stateEvents: readonly StateEvent[];
  /** Events that GitLab would not tell of: then their list is empty, and what they would say is unknown. */
  untold?: readonly ('label events' | 'state events')[];
}
