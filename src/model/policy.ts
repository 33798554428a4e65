import type { FiscalCalendar } from './calendar.ts';
import type { DocumentKind } from './document.ts';
import type { Phrases } from './phrases.ts';
import type { IssueSource } from './ports.ts';

/**
 * How people call things: other names of the template's sections and fields, words that stand for a value, words that
 * stand for nothing. Keys are the canonical ids of the reader (`okr-link`, `due-date` …).
 */
interface Wording {
  /** canonical section id → headings that mean it */
  sections: Record<string, string[]>;
  /** canonical field id → labels that mean it */
  fields: Record<string, string[]>;
  /** status value (`on-track` …) → words and emoji */
  statuses: Record<string, string[]>;
  /** item state (`done`, `inapplicable`, `open`) → words of a status column */
  states: Record<string, string[]>;
  /** words that stand for "not known yet": TBD, ? … */
  placeholders: string[];
  /** words of a `<summary>` that make its block history: old, archived … */
  archived: string[];
}

/** The words of this team. */
export interface Vocabulary extends Wording {
  /** phrases that are copied along with a template from the page it is on: ":scissors:" … */
  leftovers?: string[];
  /** English name of a month (`december`) → what it is called besides */
  months?: Record<string, string[]>;
}

/** The words of one language for one kind of document; they add to the team's own. */
export interface Language extends Wording {
  /** As in `de.yml`: months and weekdays come from it. */
  code: string;
  /** Names of fields that count only at the head of a column. */
  columns: Record<string, string[]>;
  /** The words around a value, by what they say of it. */
  words: Record<string, string[]>;
  /** The small words inside a date. */
  dates: Record<string, string[]>;
  /** What the parts of a KR's title are called. */
  titles: Record<string, string[]>;
}

/** What reading needs to know of one kind of document. */
export interface KindGrammar {
  /** The template as Markdown. */
  template: string;
  vocabulary: Vocabulary;
  /** English first; left out: none. */
  languages?: Language[];
  /** Regular expressions (RE2 syntax) of URLs that are OKR records, and of pages that are not. */
  okrLinks: { records: string[]; notRecords: string[] };
}

export type Grammar = Record<DocumentKind, KindGrammar>;

/** How the bot speaks. */
export interface CommentPolicy {
  /** Every fixed sentence, in the team's language; left out: English. */
  phrases?: Phrases;
  /** Whom to ask when the bot is wrong: a user name, a page, a few words; null or left out: no one is named. */
  ask?: string | null;
  /** The team's page on this bot; null or left out: none. */
  aboutUrl?: string | null;
  /** How often the pipeline runs, as it follows "I look again"; null or left out: every day. */
  schedule?: string | null;
  /** Whom to greet by mention. */
  greet: 'assignees' | 'dris' | 'author' | 'nobody';
  /** The bot's name for itself in the comment. */
  signature: string;
  /** A page on how this team writes KRs; null: none. */
  handbookUrl: string | null;
  /** The page of each of our rules, `{rule}` standing for its id; null: not linked. */
  docsUrl: string | null;
  /** How many findings are spelled out before "and N more". */
  maxFindings: number;
  /** Offer the corrected lines to copy. */
  corrections: boolean;
  /** The word before the colon of a command: `kr`. */
  commandPrefix: string;
}

export interface LabelPolicy {
  needsAttention: string | null;
  ok: string | null;
  /** Set when someone above was asked for help; null or left out: none. */
  escalated?: string | null;
  /** Names that these labels had earlier: taken off where they are found. */
  former?: readonly string[];
}

/** Days from `from` to `to`, both included, `YYYY-MM-DD`. */
export interface DayRange {
  from: string;
  to: string;
}

/** How many mentions, comments and reminders are bearable. */
export interface ReminderPolicy {
  /** First comments on issues; null: no bound. */
  newComments: { perRun: number | null; perPersonPerWeek: number | null };
  /** In order, no two of them touching. */
  holidays: readonly DayRange[];
  /** Pings of one finding, in business days after the comment that told of it; rising. */
  afterBusinessDays: readonly number[];
  /** Pings that one person gets in a calendar week, over all issues. */
  perPersonPerWeek: number;
  pingsPerRun: number;
  /** Business days after the first run that wrote, in which no one is pinged. */
  quietFirstDays: number;
  /** User names without `@`; empty: no one is asked. */
  escalateTo: readonly string[];
}

/** Who may answer the bot: a part in the issue, or a role in its project and those above it. */
const parts = ['assignee', 'dri', 'author'] as const;
const roles = ['guest', 'planner', 'reporter', 'developer', 'maintainer', 'owner'] as const;
export const answererKinds = [...parts, ...roles] as const;

export type AnswererKind = (typeof answererKinds)[number];

export interface Limits {
  /** Issues worked on at the same time. */
  concurrency: number;
  /** After this many minutes a run stops cleanly. */
  runMinutes: number;
  requestsPerMinute: number;
  /** New notes a minute; GitLab.com allows 60. */
  notesPerMinute: number;
}

/** Which issues are KRs. */
export interface Selection {
  state: 'opened' | 'closed' | 'all';
  issueType: string;
  labels: string[];
  notLabels: string[];
  /** RE2 pattern the title must match; null: any. */
  title: string | null;
  gitlabMilestone: string | null;
  confidential: boolean | null;
  /** Days since creation. */
  minAgeDays: number | null;
  maxAgeDays: number | null;
}

/** Where pages of plans are, and what stands for an epic. */
export interface PlanPolicy {
  /** Address of the folder on the site (`/handbook/security/planning`), or the folder of the repository in which the
   * site begins (`content`); null: worked out from the rows of the index. */
  siteRoot: string | null;
  /** File name of the index; null: the first of the usual ones. */
  index: string | null;
  /** Whether an issue may stand in for the epic, as on Free, which has none. */
  issues: boolean;
}

/** Everything the rule files say besides the rules themselves, validated. */
export interface PolicySettings {
  sources: IssueSource[];
  select: Selection;
  calendar: FiscalCalendar;
  labels: LabelPolicy;
  comment: CommentPolicy;
  limits: Limits;
  /** Of this policy; part of the marker, so that two policies with one token keep comments of their own. */
  id: string;
  /** User names whose comments with our marker are ours too: the token was created again. */
  formerBots: readonly string[];
  reminders: ReminderPolicy;
  answers: { who: readonly AnswererKind[] };
  /** Closed KRs of this many quarters, the current one included, are read too; 0: none. */
  dashboard: { quarters: number };
  /** Where the quarter's digest is kept: a project's path or id; null: nowhere. */
  digest: { project: string | number | null };
  /** Rules whose fix the bot itself may apply. */
  fix: readonly string[];
  /** Names of groups that must not be taken for people, without `@`. */
  groups: string[];
  /** Which issues describe an OKR; null: none. */
  okrs: { labels: string[]; notLabels: string[] } | null;
  grammar: Grammar;
  plans: PlanPolicy;
}
