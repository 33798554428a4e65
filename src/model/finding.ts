import type { Place } from './document.ts';

export type Severity = 'error' | 'warning' | 'info';

/** An edit that would fix a finding: replace the text at `place` by `text`. */
export interface TextEdit {
  place: Place;
  text: string;
}

/** What a finding is about; findings of one milestone are shown together. */
export type FindingSubject =
  | { part: 'title' | 'issue' | 'text' | 'section'; name?: string }
  | { part: 'milestone'; index: number; label: string };

/** Which field of a document a finding is about; nothing finds that out from a rule's id or its words. */
export type FieldId =
  | 'title'
  | 'okr-link'
  | 'objective'
  | 'description'
  | 'due-date'
  | 'dri'
  | 'state'
  | 'milestones'
  | 'issue-due-date'
  | 'assignees'
  | 'status'
  | 'percent'
  | 'week'
  | 'completed'
  | 'next-steps'
  | 'update'
  | 'text'
  | (string & {});

/** What a field is to hold so that the finding goes away; offered as a correction, and what an opt-in fix writes. */
export interface Proposal {
  field: FieldId;
  /** As it is to be written; null: only the writer knows, so an example is shown. */
  value: string | null;
  /** The value that is there stays, struck out, in front of the new one. */
  behindOld?: boolean;
}

/** Accepted for now by a person who may: counts nowhere and nudges no one. */
export interface Waiver {
  by: string;
  /** `YYYY-MM-DD`; null: without end. */
  until: string | null;
  because: string | null;
  noteId: number;
}

/** One rule's report about one document. */
export interface Finding {
  rule: string;
  /** Which of the rule's messages: `missing`, `ambiguous` … */
  messageId: string;
  severity: Severity;
  /** Plain text, one sentence. Foreign text in it is quoted as it was read: escape when rendering. */
  message: string;
  /** What to do; plain text, in which only what is to be typed literally is between back-ticks. */
  hint: string | null;
  /** User names without `@` of those who can fix it. */
  people: string[];
  place: Place | null;
  subject: FindingSubject;
  /** A page that explains the rule. */
  url: string | null;
  edit: TextEdit | null;
  /** An edit that is not offered, since the rest of the text would be read otherwise with it. */
  unsafeEdit?: TextEdit;
  /** The fields concerned; absent or empty: none in particular. */
  fields?: readonly FieldId[];
  /** For the comment and for fixes, never for the report. */
  proposals?: readonly Proposal[];
  /** The comment it is about, when not the description. */
  noteId?: number;
  waived?: Waiver;
  /** The day on which our comment first told of it, `YYYY-MM-DD`; absent: it has not yet. */
  since?: string;
}

/**
 * What makes two findings the same one over time: the rule, which of its messages, and what it is about. Not the
 * wording, not the position. The same in marker, diff, waivers, pings and JUnit.
 */
export function findingKey({
  rule,
  messageId,
  subject,
}: Pick<Finding, 'rule' | 'messageId' | 'subject'>): string {
  const about = subject.part === 'milestone' ? `milestone-${subject.index + 1}` : subject.part;
  return `${rule}/${messageId}/${about}`;
}

/** A rule that could not be evaluated for lack of something: who is a member, what the due date is … */
export interface SkippedRule {
  rule: string;
  reason: string;
}

/** A finding over several KRs of a quarter: a number used twice, an OKR link shared … */
export interface SetFinding {
  rule: string;
  severity: Severity;
  message: string;
  /** The issues concerned, `group/project#12`. */
  refs: string[];
}
