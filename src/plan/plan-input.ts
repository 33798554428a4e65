import type { Action } from '../model/action.ts';
import type { LabelEvent } from '../model/activity.ts';
import type { KrHygieneDocument } from '../model/document.ts';
import type { Finding, SkippedRule } from '../model/finding.ts';
import type { Issue, Note } from '../model/issue.ts';
import type { NoteOwner } from '../model/nudge-note.ts';
import type { CommentPolicy, LabelPolicy } from '../model/policy.ts';
import type { TemplateFacts } from '../model/reader.ts';
import type { Answer, UpdateEntry } from '../model/timeline.ts';
import type { Correctable, Correction } from './comment/corrections.ts';
import type { KnownRule } from './comment/points.ts';
import type { NudgeState } from './marker.ts';

export interface PlanInput {
  issue: Issue;
  /** The text the document was read from. */
  source: string;
  document: KrHygieneDocument;
  findings: readonly Finding[];
  /** Rules that could not be evaluated this time. */
  skipped?: readonly Pick<SkippedRule, 'rule'>[] | undefined;
  /** The rules of the policy, by which the comment names what is fixed; left out: none is known. */
  rules?: readonly KnownRule[] | undefined;
  /** Ids of those that were evaluated and nudge; a point of any other is forgotten, not called fixed. Left out: all. */
  evaluated?: readonly string[] | undefined;
  /** Null: not read, which is allowed only where `needsNotes` says false. */
  notes: readonly Note[] | null;
  /** Null: not known, so none of the notes counts as ours. Former bots are those whose notes we may edit. */
  bot: NoteOwner | null;
  /** User names of former bots whose notes this token may not edit. */
  lostBots?: readonly string[] | undefined;
  /** User names of the project's members in lower case. */
  members?: ReadonlySet<string> | undefined;
  /** User names in lower case of accounts that are blocked or gone. */
  inactive?: ReadonlySet<string> | undefined;
  /** What people told the bot, oldest first. */
  answers?: readonly Answer[] | undefined;
  /** Ids of the rules whose fix the bot may apply itself; left out: none. */
  fix?: readonly string[] | undefined;
  /** Weekly updates or check-ins, oldest first, of which the marker remembers what they claim; left out: not known. */
  updates?: readonly UpdateEntry[] | undefined;
  /** Of `today`; left out: UTC. */
  timeZone?: string | undefined;
  /** The word before the colon of a command; left out: `kr`. */
  commandPrefix?: string | undefined;
  settings: { comment: CommentPolicy; labels: LabelPolicy };
  template: TemplateFacts;
  /** ISO 8601 instant */
  now: string;
  /** The day of it in the policy's time zone, `YYYY-MM-DD`; left out: in UTC. */
  today?: string | undefined;
  /** A weekly update filled in with what is known, where one is missing: offered to be copied. */
  draft?: string | undefined;
  /** Which milestones may be corrected in which fields; left out: nothing was tried, so all of them. */
  correctable?: Correctable | undefined;
  /** True: only what is to be done is asked for, so a first comment is left without its text. */
  isUnworded?: boolean | undefined;
  /** True: that the issue is closed is what the findings are about. */
  evenClosed?: boolean | undefined;
  /** True: the policy does not select the issue any more. */
  unselected?: boolean | undefined;
  /** Labels put on the issue and taken off it; left out: not known. */
  labelEvents?: readonly LabelEvent[] | undefined;
  /** Our comment is gone: the day it was written, and what was open then, as keys. Left out: there was none. */
  told?: Told | undefined;
}

/** What label events tell of a comment of ours that someone deleted. */
export interface Told {
  /** `YYYY-MM-DD` */
  on: string;
  /** Null: people changed the issue since, or told the bot something. */
  points: readonly string[] | null;
}

export interface IssuePlan {
  /** In the order in which they must be done; a later one only when the earlier ones were. Empty: all is well. */
  actions: Action[];
  /** Our comment as it will be, or is; null when there is none, or it was not looked at. */
  comment: string | null;
  /** What that comment remembers, as its marker says it; null: there is none, or it is not readable. */
  state: NudgeState | null;
  /** What the comment offers for milestones; left out: nothing. */
  corrections?: readonly Correction[];
  /** Why less is planned than there may be to say: all of it left, or only the comment; else null. */
  reason: string | null;
  /** Comments of former bots that stay since this token may not edit them. */
  leftBehind: number;
  /** Something is open and no one who could be told has an active account. */
  notReached: boolean;
}
