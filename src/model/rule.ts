import type { FiscalCalendar, QuarterRange } from './calendar.ts';
import type { DocumentKind, KrHygieneDocument, Place } from './document.ts';
import type { FieldId, FindingSubject, Proposal, SetFinding, Severity, TextEdit } from './finding.ts';
import type { Issue } from './issue.ts';
import type { PlanFolder } from './plan-folder.ts';
import type { PolicySettings } from './policy.ts';
import type { IssueFilter } from './ports.ts';
import type { TemplateFacts } from './reader.ts';
import type { Sequence } from './sequence.ts';
import type { Timeline } from './timeline.ts';

/**
 * What is known of the issue a document comes from. A key that is absent is unknown (a file without front matter);
 * a rule that needs it is skipped and named. Null and [] are knowledge: no due date, no one assigned.
 */
export interface IssueFacts {
  title?: string;
  /** `YYYY-MM-DD` */
  dueDate?: string | null;
  /** User names without `@`. */
  assignees?: string[];
  labels?: string[];
  author?: string;
  /** ISO 8601 instant */
  createdAt?: string;
  confidential?: boolean;
  gitlabMilestone?: string | null;
  /** `group/project` */
  project?: string;
  /** User names of the project's members in lower case, inherited ones included. */
  members?: ReadonlySet<string>;
  /** User names in lower case of accounts that are known to be blocked or gone. */
  inactive?: ReadonlySet<string>;
  /** Others than its members see the project and take part: absence from the members proves nothing. */
  openToOthers?: boolean;
  /** User names by display name, or by a first name that only one has, in lower case. */
  called?: ReadonlyMap<string, string>;
  state?: 'opened' | 'closed';
}

export type IssueFact = keyof IssueFacts;

/** What a rule may need to know besides the text; `timeline`: the comments and events of the issue. */
export type RuleFact = IssueFact | 'timeline';

export interface RuleContext {
  /** ISO 8601 instant; `today` is its day in UTC, `YYYY-MM-DD`. */
  now: string;
  today: string;
  /** The text the document was read from. */
  source: string;
  issue: IssueFacts;
  calendar: FiscalCalendar;
  /** The quarter in the KR's title; null when the title names none. */
  quarter: QuarterRange | null;
  template: TemplateFacts;
  /** The past of the issue; absent: not known (a file). */
  timeline?: Timeline;
}

/** What a rule's check yields, messages already filled in. */
export interface RuleReport {
  messageId: string;
  message: string;
  hint: string | null;
  /** Left out: that of the rule. */
  severity?: 'info';
  place: Place | null;
  subject: FindingSubject;
  /** User names without `@`; empty: the issue's overall DRI. */
  people: string[];
  edit: TextEdit | null;
  /** The fields concerned; left out: none in particular. */
  fields?: readonly FieldId[];
  proposals?: readonly Proposal[];
  /** The comment it is about, when not the description. */
  noteId?: number;
}

/** Where the policy says so, for `rules list` and `explain`. */
export interface Decision {
  file: string;
  line: number;
  column: number;
}

/** A rule as the policy switched it on: options bound, severity decided. */
interface SwitchedOn {
  id: string;
  severity: Severity;
  options: unknown;
  decidedAt: Decision | null;
}

/** A rule over one document. */
export interface ActiveRule extends SwitchedOn {
  kind: DocumentKind;
  /** Facts without which the rule is skipped. */
  needs: readonly RuleFact[];
  url: string | null;
  /** The fields it is about; left out: none in particular. */
  fields?: readonly FieldId[];
  /** True: it is about closed issues, and evaluated also where a closed one is read for its past only. */
  aboutClosed?: boolean;
  /** Null when the rule applies to this issue; otherwise why not (`except`, grace period …), for `explain`. */
  exempt(document: KrHygieneDocument, context: RuleContext): string | null;
  check(document: KrHygieneDocument, context: RuleContext): Iterable<RuleReport>;
}

/** What set rules remember of one KR: keys, never texts. */
export interface KrKeys {
  ref: string;
  confidential: boolean;
  fiscalYear: number | null;
  quarter: number | null;
  number: number | null;
  reference: string | null;
  okrUrl: string | null;
  people: string[];
}

/** A rule over all KRs of a quarter; called once, after the last issue was read. */
export interface ActiveSetRule extends SwitchedOn {
  /** A report with `absence` rests on KRs that are not among the keys: it counts only when every KR was read. */
  check(keys: Sequence<KrKeys>): Iterable<Pick<SetFinding, 'message' | 'refs'> & { absence?: boolean }>;
}

/** What a rule over a folder of pages yields, messages already filled in. */
export interface FolderReport
  extends Pick<RuleReport, 'messageId' | 'message' | 'hint' | 'place' | 'subject'> {
  /** The page in which it can be fixed, from the folder on. */
  path: string;
  /** It could not be looked up: told as `info`. */
  unknown: boolean;
}

/** A rule over all pages of a folder. */
export interface ActiveFolderRule extends SwitchedOn {
  kind: DocumentKind;
  url: string | null;
  /** It rests on what GitLab says of epics and issues. */
  online: boolean;
  check(folder: PlanFolder): Iterable<FolderReport>;
}

/** Issues that are looked after besides open KRs. */
export interface OtherSubjects {
  /** What GitLab can filter. */
  filter: IssueFilter;
  /** Null when the issue is one; otherwise the condition it fails. */
  unselected(this: void, issue: Issue, now: string): string | null;
}

/** Everything the rule files say, validated. */
export interface Policy {
  /** Changes with any text the policy was read from, presets and templates included: 16 hexadecimal digits. */
  hash: string;
  settings: PolicySettings;
  rules: ActiveRule[];
  setRules: ActiveSetRule[];
  folderRules: ActiveFolderRule[];
  /** By every name that an answer may give a rule, on or off, the rule for several kinds that it is a form of; else itself. */
  ruleFamilies: ReadonlyMap<string, string>;
  /** What GitLab can filter of `settings.select`. */
  filter: IssueFilter;
  /** The rest of the selection: null when the issue is a KR; otherwise the condition it fails. */
  unselected(this: void, issue: Issue, now: string): string | null;
  /** Which issues describe an OKR; null: none do. */
  okrs: OtherSubjects | null;
  /** Which closed issues were KRs; null: they are not read. Which quarter they are of is not part of it. */
  closedKrs: OtherSubjects | null;
  /** Deprecated keys and the like, for the job log. */
  warnings: string[];
}
