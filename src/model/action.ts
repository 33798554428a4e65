/** What was known of an issue when a change to it was planned: it is made only if that is still so. */
export interface IssueAsRead {
  description: string;
  /** `YYYY-MM-DD` */
  dueDate: string | null;
  /** User names without `@`. */
  assignees: string[];
}

/** A label that is taken off and set again once the comment is written: its events tell of the comment later. */
export interface ToldMark {
  label: string;
  isCarried: boolean;
}

/** One intended change in GitLab. A dry run shows exactly these; applying performs exactly these. */
export type Action =
  | { type: 'create-note'; body: string; detail: string; mark?: ToldMark }
  /** A comment that notifies, besides the nudge. `on`: the day, `YYYY-MM-DD`. */
  | { type: 'create-ping'; on: string; body: string; detail: string }
  | { type: 'update-note'; noteId: number; body: string; detail: string; mark?: ToldMark }
  | { type: 'delete-note'; noteId: number; detail: string }
  | { type: 'update-labels'; add: string[]; remove: string[]; detail: string }
  | { type: 'update-due-date'; dueDate: string; read: IssueAsRead; detail: string }
  | { type: 'update-assignees'; usernames: string[]; read: IssueAsRead; detail: string }
  | { type: 'edit-description'; description: string; read: IssueAsRead; detail: string };

export type ActionType = Action['type'];

export type OutcomeKind = 'planned' | 'applied' | 'unchanged' | 'failed' | 'waiting';

/** `waiting`: the policy's bounds leave it for a later run. */
export interface Outcome {
  type: ActionType;
  outcome: OutcomeKind;
  /** A phrase for a person: what, or why it failed. */
  detail: string;
}
