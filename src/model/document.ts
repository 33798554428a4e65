/**
 * What parsing makes of a text. Every value that a person may leave out or garble has the same shape:
 * what was written, what it means, and what is wrong with it (`problem`, null when nothing is).
 * The JSON of `kr-hygiene parse` is exactly these types; change them only by addition.
 */

/** A point in a source text: line and column count from 1, offset from 0 in UTF-16 code units. */
export interface Point {
  line: number;
  column: number;
  offset: number;
}

/** A span of a source text; `source.slice(start.offset, end.offset)` is the text that was read. */
export interface Place {
  start: Point;
  end: Point;
}

/** Template text that was not replaced or removed. */
export interface Leftover {
  text: string;
  place: Place;
}

/** Why a text was not read at all: beyond the limits within which reading is linear. */
export interface Unread {
  reason: 'too-long' | 'too-deeply-nested' | 'too-complex' | 'too-slow';
  detail: string;
}

/** What the document of every kind has. */
export interface DocumentBase {
  leftovers: Leftover[];
  /** null: the whole text was read. */
  unread: Unread | null;
}

export type TextProblem = 'missing' | 'empty' | 'placeholder';

/** Text in a comment, which GitLab does not show. */
export interface HiddenText {
  place: Place;
  /** False: the comment is never closed, so all that follows is hidden too. */
  closed: boolean;
}

export interface TextField {
  text: string;
  problem: TextProblem | null;
  place: Place | null;
  /** Where nothing is to be seen, what is hidden in a comment. */
  hidden?: HiddenText;
}

/** The parts of `FY22 Q3 KR1 (Reference) statement`; a part that is not there is null. */
export interface KrTitle {
  raw: string;
  fiscalYear: number | null;
  quarter: 1 | 2 | 3 | 4 | null;
  number: number | null;
  reference: string | null;
  statement: string | null;
}

export type OkrLinkProblem = 'missing' | 'placeholder' | 'not-a-link' | 'not-a-record';

export interface OkrLink {
  url: string;
  where: 'section' | 'elsewhere';
  place: Place;
}

export type DateProblem = 'missing' | 'placeholder' | 'not-a-date' | 'ambiguous' | 'impossible';

export interface DateField {
  /** As written, without mark-up; '' when missing. */
  raw: string;
  /** `YYYY-MM-DD`, or null whenever there is a problem. */
  date: string | null;
  /** True when a part was filled in from the KR's own quarter. */
  inferred: boolean;
  problem: DateProblem | null;
  /** The possible readings of an ambiguous date, `YYYY-MM-DD`, when they can be told. */
  readings?: string[];
  /** The weekday that was written, when it is not the date's weekday ("Mon, Dec 4" for a Friday). */
  wrongWeekday?: string;
  /** Where `raw` is; null when missing. */
  place?: Place | null;
  /** False: read with doubt, to be asked about and never asserted. Left out: certain. */
  certain?: boolean;
}

export type DriProblem = 'missing' | 'placeholder' | 'not-a-mention' | 'group';

export type ItemState = 'open' | 'done' | 'inapplicable';

/** One field of a milestone as the writer set it down, so that a correction can keep to the writer's own form. */
export interface WrittenField {
  id: 'description' | 'due-date' | 'dri';
  /** The name of the label or column, without mark-up; '' when it has none. */
  name: string;
  /** The label with its mark-up and colon; null in a table. */
  label: Place | null;
  /** The value, or the empty place where it belongs; in a row of a table what is in the cell. */
  place: Place;
}

export interface KrMilestone {
  /** What the writer calls it: `Milestone 1`, `M2`; null when unlabelled. */
  label: string | null;
  description: string;
  /** Null when a description was written that a reader would take for one. */
  descriptionProblem: TextProblem | null;
  dueDate: DateField;
  /** User names without `@`, in the order they are written. */
  dris: string[];
  /** As written, mark-up included; '' when missing. */
  driText: string;
  driProblem: DriProblem | null;
  state: ItemState;
  place: Place;
  descriptionPlace?: Place | null;
  driPlace?: Place | null;
  /** False: the people were read with doubt. Left out: certain. */
  driCertain?: boolean;
  /** False: the state was read with doubt. Left out: certain. */
  stateCertain?: boolean;
  /** False: it may not be a milestone at all, or its parts may belong to another. Left out: certain. */
  certain?: boolean;
  /** How it is written: a list item or line, a row of a table, a heading with its fields beneath. */
  form?: 'item' | 'row' | 'heading';
  /** The fields with a label or a column of their own, filled in or not. */
  written?: WrittenField[];
}

export type StatusValue = 'on-track' | 'at-risk' | 'off-track';

export interface StatusField {
  raw: string;
  value: StatusValue | null;
  problem: 'missing' | 'placeholder' | 'several' | 'unknown' | null;
  place?: Place | null;
  /** False: read with doubt. Left out: certain. */
  certain?: boolean;
}

export interface PercentField {
  raw: string;
  /** 0 to 100, fractions allowed; null whenever there is a problem. */
  value: number | null;
  problem: 'missing' | 'placeholder' | 'not-a-number' | 'out-of-range' | null;
  place?: Place | null;
  /** False: read with doubt. Left out: certain. */
  certain?: boolean;
}

export interface ListField {
  /** How many items a reader would count; a paragraph is one. */
  items: number;
  text: string;
  problem: TextProblem | null;
  place?: Place | null;
}

export interface Dependency {
  description: string;
  /** User names without `@`. */
  stakeholders: string[];
  state: ItemState;
  place: Place;
}

/** An epic is named by its URL or by a reference such as `group&12`; exactly one of the two is set. */
export type EpicReference = { url: string; place: Place } | { ref: string; place: Place };

/** The document of each kind by its id: the folder of a kind in `kinds/` adds its own. */
export interface Documents {}

export type DocumentKind = keyof Documents;

export type DocumentOf<K extends DocumentKind> = Documents[K];

export type KrHygieneDocument = DocumentOf<DocumentKind>;

/** What a text is taken for when nothing says otherwise, and what the nudges of a run are about. */
export const mainKind = 'kr' as const satisfies DocumentKind;

export type KrDocument = DocumentOf<typeof mainKind>;

/** The document as a Key Result; null when it is of another kind. */
export function asKr(document: KrHygieneDocument): KrDocument | null {
  return document.kind === mainKind ? document : null;
}

/** The milestones of a Key Result; other kinds have none. */
export function milestonesOf(document: KrHygieneDocument): readonly KrMilestone[] {
  return asKr(document)?.milestones ?? [];
}
