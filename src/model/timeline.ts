import type { DocumentOf, StatusValue } from './document.ts';

/** Where an entry was read: `note 123`, `system note 124`, `label event 9`, `state event 4`. */
export type Source = string;

/** A weekly update or check-in that a person wrote as a comment. */
export interface UpdateEntry {
  kind: 'weekly-update' | 'check-in';
  noteId: number;
  url: string;
  /** User name without `@`. */
  author: string;
  /** ISO 8601 instant */
  createdAt: string;
  /** Changed after it was written. */
  edited: boolean;
  /** ISO 8601 instant of the last change; null: there was none. */
  editedAt: string | null;
  /** What it said in its week, where it was edited after that and our marker remembers; null: the same, or unknown. */
  saidThen: { status: StatusValue | null; percent: number | null } | null;
  /** The Monday of the week the text names, `YYYY-MM-DD`; null when it cannot be read. */
  week: string | null;
  status: StatusValue | null;
  percent: number | null;
  /** `YYYY-MM-DD`: the Monday of the week it counts for, where the text names none (or one far ahead) that of writing. */
  countsFor: string;
  /** One line that says that nothing changed: it counts, and nothing is asked of its text. */
  isNoChange: boolean;
  /** What was read; for rules, never for the report. */
  document: DocumentOf<'weekly-update'> | DocumentOf<'check-in'>;
  /** The comment as it is. */
  body: string;
}

export type EventWhat =
  | 'milestone-done'
  | 'milestone-reopened'
  | 'due-date-moved'
  | 'assignees-changed'
  | 'title-changed'
  | 'confidentiality-changed'
  | 'promoted'
  | 'closed'
  | 'reopened'
  | 'label-added'
  | 'label-removed'
  | 'update-edited'
  | 'answer';

export interface TimelineEntry {
  /** `YYYY-MM-DD` in the policy's time zone. */
  on: string;
  what: EventWhat;
  /** One plain phrase; foreign text in it is as it was read: escape when rendering. */
  detail: string;
  source: Source;
  /** ISO 8601 instant of the source. */
  at: string;
  /** User name without `@`; null when GitLab names none. */
  by: string | null;
  /** Of `milestone-done` and `milestone-reopened`: index of the KR milestone it belongs to now; null: not matched. */
  milestone?: number | null;
  /** Of `due-date-moved`: `YYYY-MM-DD`, null for no date; `from` is absent where GitLab does not tell. */
  from?: string | null;
  to?: string | null;
}

export type AnswerCommand = 'snooze' | 'waive' | 'unwaive' | 'recheck' | 'help' | 'seen';

/** What a person told the bot: a command line in a comment, or a reaction. */
export interface Answer {
  command: AnswerCommand;
  /** User name without `@`. */
  by: string;
  /** `YYYY-MM-DD`, the first day on which it no longer holds; null: without end. */
  until: string | null;
  because: string | null;
  /** Of `waive` and `unwaive`. */
  rule: string | null;
  noteId: number;
  /** ISO 8601 instant */
  at: string;
  inForce: boolean;
  /** Why it has no effect (not allowed, not understood, out of range), in words; null: it has, or had. */
  refused: string | null;
}

/** The past of a subject. */
export interface Timeline {
  /** Oldest first. */
  updates: readonly UpdateEntry[];
  /** Oldest first. */
  entries: readonly TimelineEntry[];
  /** Oldest first, those no longer in force included. */
  answers: readonly Answer[];
  /** A comment that is almost an update, newer than the newest one: `noteId` and what it lacks, in words. */
  almostUpdate: { noteId: number; url: string; author: string; lacks: readonly string[] } | null;
  /** The template pasted and not filled in, newer than the newest update: no update, but to be evaluated like one. */
  blankUpdate: UpdateEntry | null;
  /** ISO 8601 instant of the last thing a person did (no bot, no edit of ours); null: nothing known. */
  lastHumanActivity: string | null;
}
