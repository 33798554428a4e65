import type { Place } from './document.ts';

export type Severity = 'error' | 'warning' | 'info';

/** An edit that would mend a finding: replace the text at `place` by `text`. */
export interface TextEdit {
  place: Place;
  text: string;
}

/** What a finding is about; findings of one milestone are shown together. */
export type FindingSubject =
  | { part: 'title' | 'issue' | 'text' | 'section'; name?: string }
  | { part: 'milestone'; index: number; label: string };

/** One rule's complaint about one document. */
export interface Finding {
  rule: string;
  /** Which of the rule's messages: `missing`, `ambiguous` … */
  messageId: string;
  severity: Severity;
  /** Plain text, one sentence. Foreign text in it is quoted as it was read: escape when rendering. */
  message: string;
  /** What to do; plain text, in which only what is to be typed literally stands between back-ticks. */
  hint: string | null;
  /** User names without `@` of those who can mend it. */
  people: string[];
  place: Place | null;
  subject: FindingSubject;
  /** A page that explains the rule. */
  url: string | null;
  edit: TextEdit | null;
}

/** A rule that could not be judged for want of something: who is a member, what the due date is … */
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
