import type { ItemState, StatusValue } from '../../model/document.ts';
import type { Severity } from '../../model/finding.ts';
import type { SubjectRecord } from '../../model/record.ts';
import type { Standing } from '../../records/standing.ts';

/**
 * Everything the pages show, and what `data.json` holds. Confidential KRs are numbers here: there is no field that
 * could hold a word of theirs. Texts are as they were read: escape them. Addresses are http(s) ones.
 */
export interface SiteData {
  version: 1;
  /** ISO 8601 instant: the time of the data. */
  generatedAt: string;
  /** The day of the data in the calendar's time zone. */
  today: string;
  /** What could not be read, in words; empty: nothing. */
  missing: string[];
  /** Names of quarters, as in `quarters`. */
  current: string;
  previous: string;
  next: string;
  /** Newest first; the current and the previous one always. */
  quarters: Board[];
  /** Those whose title names no quarter that can be read. */
  unplaced: Kr[];
  /** Confidential ones among them. */
  unplacedConfidential: number;
  /** KRs that could not be read this time. */
  failed: { ref: string; url: string | null; name: string; error: string }[];
  hygiene: Hygiene;
}

/** One quarter. */
export interface Board {
  /** `FY27-Q4` */
  name: string;
  /** `fy27-q4` */
  folder: string;
  /** First and last day. */
  start: string;
  end: string;
  phase: 'running' | 'ended' | 'coming';
  counts: Record<Standing, number>;
  confidential: number;
  /** Means over the KRs whose figure is known, in percent. */
  progress: SubjectRecord['progress'];
  objectives: Objective[];
  changes: Change[];
}

export interface Objective {
  /** Unique on its board. */
  id: string;
  title: string;
  okrUrl: string | null;
  /** The weakest of its KRs. */
  standing: Standing;
  /** Which KR is the weakest. */
  weakest: string;
  krs: Kr[];
}

export type KrOutcome = 'done' | 'partly' | 'missed' | 'carried-over';

export interface Kr {
  /** Unique on the site, usable as an anchor. */
  id: string;
  ref: string;
  url: string | null;
  /** Its statement; its title where there is none. */
  name: string;
  number: number | null;
  reference: string | null;
  objective: string | null;
  okrUrl: string | null;
  state: 'opened' | 'closed';
  assignees: string[];
  dueDate: string | null;
  standing: Standing;
  /** Null: never reported. */
  claim: {
    status: StatusValue | null;
    percent: number | null;
    week: string | null;
    url: string | null;
  } | null;
  progress: SubjectRecord['progress'];
  weeks: Week[];
  milestones: Milestone[];
  /** Claims and evidence, where they disagree. */
  contradictions: string[];
  /** The day the issue was opened; null: not known. */
  openedOn: string | null;
  /** Null while the quarter runs. */
  outcome: KrOutcome | null;
  /** `since`: the day its people were told; null: they were not yet. */
  findings: {
    rule: string;
    severity: Severity;
    message: string;
    url: string | null;
    since: string | null;
  }[];
  waived: (Accepted & { rule: string })[];
  snoozed: Accepted | null;
  nextPing: { on: string; whom: string[]; because: string } | null;
}

/** Who accepts something for now, and where that was said. */
interface Accepted {
  by: string;
  until: string | null;
  because: string | null;
  url: string | null;
}

export interface Week {
  /** Its Monday. */
  week: string;
  status: StatusValue | null;
  percent: number | null;
  /** The comment. */
  url: string | null;
  when: 'past' | 'current' | 'coming';
}

export interface Milestone {
  label: string | null;
  description: string;
  dueDate: string | null;
  dris: string[];
  state: ItemState;
  overdue: boolean;
  doneOn: string | null;
  /** Where its day was read: the system note of the tick, else the issue. */
  url: string | null;
}

/** What happened in the seven days before the data. */
export interface Change {
  what:
    | 'status'
    | 'date'
    | 'milestone-done'
    | 'milestone-reopened'
    | 'silent'
    | 'new'
    | 'closed'
    | 'reopened'
    | 'people';
  /** Id and name of the KR. */
  kr: string;
  name: string;
  on: string;
  /** In words of ours around what was read. */
  text: string;
  by: string | null;
  /** The comment or system note. */
  url: string | null;
}

/** A KR as lists of hygiene name it. */
export interface KrLink {
  id: string;
  name: string;
  board: string | null;
}

export interface Hygiene {
  rules: {
    rule: string;
    severity: Severity;
    count: number;
    /** Of those people were told of: the first day; null: they were told of none. */
    oldest: (KrLink & { since: string; url: string | null }) | null;
    krs: KrLink[];
  }[];
  /** Findings over several KRs. */
  sets: { rule: string; severity: Severity; message: string; krs: { ref: string; url: string | null }[] }[];
  /** How long it took from the day people were told to the day it was fixed. */
  fixes: {
    count: number;
    /** In days; null: nothing was fixed yet. */
    median: number | null;
    longest: number | null;
    /** The latest, newest first. */
    latest: (KrLink & { rule: string; since: string; on: string; days: number; url: string | null })[];
  };
  /** Reminders of this run: sent, to be sent, or waiting for their turn. */
  pings: {
    ref: string;
    url: string | null;
    name: string;
    whom: string[];
    on: string | null;
    because: string;
    outcome: 'planned' | 'applied' | 'waiting' | 'failed';
  }[];
  /** Reminders to come, the earliest first. */
  next: (KrLink & { url: string | null; on: string; whom: string[]; because: string })[];
  /** Waived findings and snoozed reminders, with reason and end. */
  accepted: (KrLink &
    Accepted & {
      /** Of the issue. */
      krUrl: string | null;
      /** The rule that is waived; null: reminders are snoozed. */
      rule: string | null;
    })[];
  /** Reminders about confidential KRs, which are in no list. */
  confidentialPings: number;
  /** Findings of confidential KRs, which are in no list. */
  confidential: number;
}
