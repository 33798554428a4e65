import type { LabelChange } from './labels.ts';

/** What one PUT asks of an issue; absent means untouched. */
export interface IssueChange extends LabelChange {
  title?: string | undefined;
  description?: string | null | undefined;
  stateEvent?: 'close' | 'reopen' | undefined;
  dueDate?: string | null | undefined;
  assigneeIds?: number[] | undefined;
  milestoneId?: number | null | undefined;
  weight?: number | null | undefined;
  confidential?: boolean | undefined;
  discussionLocked?: boolean | undefined;
  type?: string | undefined;
  updatedAt?: number | undefined;
}
