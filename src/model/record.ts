import type { ItemState, StatusValue } from './document.ts';
import type { Finding } from './finding.ts';
import type { Answer, TimelineEntry, UpdateEntry } from './timeline.ts';

/** What a run knows of one subject in the end: all that dashboards, digests, merges and reminders are made from. */
export interface SubjectRecord {
  /** `FY27-Q4`; null when the title names no quarter. */
  quarter: string | null;
  number: number | null;
  reference: string | null;
  statement: string | null;
  objective: string | null;
  okrUrl: string | null;
  /** Of the issue, `YYYY-MM-DD`. */
  dueDate: string | null;
  /** User names without `@`. */
  assignees: string[];
  milestones: RecordMilestone[];
  /** Each in percent; null when not known. `expected`: share of the quarter's business days that have passed. */
  progress: { claimed: number | null; milestones: number | null; expected: number | null };
  status: { claimed: StatusValue | null; week: string | null; noteId: number | null };
  updates: RecordUpdate[];
  timeline: (Pick<TimelineEntry, 'on' | 'what' | 'detail' | 'source' | 'from' | 'to'> &
    Partial<Pick<TimelineEntry, 'by'>>)[];
  answers: Pick<Answer, 'command' | 'by' | 'until' | 'because' | 'noteId' | 'inForce'>[];
  nextPing: { on: string; whom: string[]; because: string } | null;
  /** When the issue was opened, ISO 8601 instant; absent in reports of 0.1.0. */
  createdAt?: string;
}

export interface RecordMilestone {
  label: string | null;
  description: string;
  dueDate: string | null;
  dris: string[];
  state: ItemState;
  overdue: boolean;
  /** `YYYY-MM-DD`; null when it is not done or not known when. */
  doneOn: string | null;
  /** Line of the description it was read from. */
  line?: number;
}

export interface RecordUpdate
  extends Pick<
    UpdateEntry,
    'kind' | 'noteId' | 'url' | 'author' | 'createdAt' | 'edited' | 'week' | 'status' | 'percent'
  > {
  /** What it said in its week, where it was edited after that and we remember; absent: the same, or unknown. */
  saidThen?: { status: StatusValue | null; percent: number | null };
  findings: Finding[];
}

/** A confidential subject is counted, and nothing else. */
export type ConfidentialRecord = Pick<SubjectRecord, 'quarter'>;

/** A reminder, sent or to be sent; also every other note besides the one nudge of an issue. */
export interface Ping {
  ref: string;
  /** User names without `@`. */
  whom: string[];
  /** `YYYY-MM-DD` */
  on: string;
  because: string;
  outcome: 'planned' | 'applied' | 'waiting' | 'failed';
}

/** Done of all, inapplicable ones left out; null when there are none. */
export function percentDone(milestones: readonly Pick<RecordMilestone, 'state'>[]): number | null {
  const counted = milestones.filter(({ state }) => state !== 'inapplicable');
  if (counted.length === 0) return null;
  return Math.round((100 * counted.filter(({ state }) => state === 'done').length) / counted.length);
}
