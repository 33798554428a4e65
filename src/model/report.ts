import type { Outcome, OutcomeKind } from './action.ts';
import type { FiscalCalendar } from './calendar.ts';
import type { DocumentKind } from './document.ts';
import type { Finding, SetFinding, SkippedRule } from './finding.ts';
import type { RequestCounts } from './ports.ts';
import type { ConfidentialRecord, Ping, SubjectRecord } from './record.ts';
import type { ReminderFacts } from './reminder.ts';
import type { KrKeys } from './rule.ts';
import type { Sequence } from './sequence.ts';

/** What came of one issue (or one file). */
export interface SubjectReport {
  kind: DocumentKind;
  /** `group/project#12`, or a file name */
  ref: string;
  projectId: number | null;
  iid: number | null;
  url: string | null;
  title: string;
  confidential: boolean;
  status: 'clean' | 'findings' | 'skipped' | 'error' | 'closed';
  findings: Finding[];
  skippedRules: SkippedRule[];
  actions: Outcome[];
  /** The comment as it is or would be; null when there is none. */
  comment: string | null;
  /** Why the bot left the issue, or only its comment, as it is although there may be something to say; else null. */
  restraint: string | null;
  error: string | null;
  /** Something is open, and no one who could be told of it has an active account; absent: no. */
  notReached?: true;
  /** Absent for files. */
  state?: 'opened' | 'closed';
  /** Null: not known (the subject failed). */
  record?: SubjectRecord | ConfidentialRecord | null;
  /** Of a shard's report: where a run over everything would have met it. */
  order?: number;
  /** Of a shard's report: what set rules know of an open KR; null: it could not be evaluated. */
  setKeys?: KrKeys | null;
  /** What deciding over all subjects needs of this one; null or absent: nothing. */
  reminder?: ReminderFacts | null;
}

/** A project, group or page that could not be read: the run is incomplete. */
export interface SourceFailure {
  source: string;
  message: string;
}

export interface Totals {
  subjects: number;
  clean: number;
  findings: number;
  errors: number;
  skipped: number;
  /** Read for dashboards only. */
  closed: number;
  /** Subjects with a `restraint`; each is counted by its status as well. */
  restrained: number;
  actions: { planned: number; applied: number; unchanged: number; failed: number; waiting: number };
}

/** The fiscal calendar, and the time zone in which a day begins. */
export interface ReportCalendar extends FiscalCalendar {
  timeZone: string;
}

/** What is known before the first subject was read. */
export interface ReportHead {
  mode: 'dry-run' | 'apply' | 'lint';
  /** ISO 8601 instant: the `now` of the run. */
  generatedAt: string;
  /** By which quarters and days are reckoned; absent in reports of 0.1.0 and of `lint`. */
  calendar?: ReportCalendar;
}

/** What was done with the digest, or would be. */
export interface DigestDeed {
  type: 'create-issue' | 'update-issue' | 'close-issue' | 'create-note' | 'delete-note';
  outcome: OutcomeKind;
  /** A phrase for a person: what, or why it failed. */
  detail: string;
}

/** The issue that holds the digest of the quarter; null: there is none yet, or it is not known which. */
export interface DigestReport {
  ref: string | null;
  url: string | null;
  actions: DigestDeed[];
}

export interface RunSummary extends ReportHead {
  totals: Totals;
  failures: SourceFailure[];
  warnings: string[];
  /** Some name ten thousand issues, so a run may keep them elsewhere and hand out one at a time. */
  setFindings: Sequence<SetFinding>;
  requests: RequestCounts;
  /** The hash of the policy; absent in reports of 0.1.0. */
  policy?: string;
  /** Everything posted, or to be posted, besides one nudge per issue. */
  pings?: Ping[];
  /** Null: the run was not sharded, or shards were merged. */
  shard?: { index: number; total: number } | null;
  /** What is missing from a merged report, in words; empty: nothing. */
  incomplete?: string[];
  /** Absent: the policy keeps none, or this run was not over everything. */
  digest?: DigestReport;
}
