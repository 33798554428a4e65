import { createHash } from 'node:crypto';

/**
 * What must be known of one subject to decide over all of them: who is told, and when someone was. A run keeps it for
 * each subject, and a report of a shard carries it to the merge, so it is small and holds no text.
 */
export interface ReminderFacts {
  /** Of the issue, ISO 8601 instant. */
  createdAt: string;
  /**
   * The first comment, which is to be written as soon as its turn comes; null: there is none to write. `reached`: all who
   * get mail of it, because they are mentioned or take part in the issue; twice: two mails.
   */
  firstNudge: { mentions: string[]; errors: number; open?: OpenPoints[]; reached?: string[] } | null;
  /** Our comment; null: there is none, or it was not looked for. `on`: the day it was written, `YYYY-MM-DD`. */
  nudge: { on: string; mentions: string[]; reached?: string[] } | null;
  /** What is open and was told of, by the people who can act and the day they were told. */
  open: OpenPoints[];
  /** What was posted here besides the nudge, oldest first. */
  pings: GivenPing[];
  /** A snooze: the first day on which it no longer holds; null: there never was one. */
  snoozedUntil: string | null;
  /** The day someone who is asked reacted with 👀; null: no one did, or reactions were not read. */
  seenOn: string | null;
  /** ISO 8601 instant of the last thing a person did here; null: not known. */
  activeAt: string | null;
  /** A day by which the bot had been here already, `YYYY-MM-DD`; null: not known. */
  knownBy: string | null;
  /** Points that were fixed after our comment had told of them, oldest first; absent: none. */
  fixed?: FixedPoint[];
}

/** A point that is gone. */
export interface FixedPoint {
  rule: string;
  /** The days on which it was told of, and on which it was gone, `YYYY-MM-DD`. */
  since: string;
  on: string;
}

/** Points that the same people were told of on the same day. */
export interface OpenPoints {
  /** User names without `@`. */
  people: string[];
  /** `YYYY-MM-DD` */
  since: string;
  points: number;
  errors: number;
}

/** A reminder that was given. */
export interface GivenPing {
  /** `YYYY-MM-DD` */
  on: string;
  whom: string[];
  /** Other issues that it was about too: `subjectKey`s. */
  others: string[];
  /** Those whom the policy names were asked for help. */
  escalation?: boolean;
}

/** How one subject is named in what the bot remembers. */
export function subjectKey({ projectId, iid }: { projectId: number | null; iid: number | null }): string {
  return `${projectId ?? 0}:${iid ?? 0}`;
}

const known = new Map<string, string>();

/**
 * A person as budgets count them: the same for every spelling of a user name. A key of a key is the key itself, so that
 * the report of a shard may carry keys where names are not for everyone.
 */
export function personKey(name: string): string {
  if (name.startsWith('#')) return name;
  const lower = name.toLowerCase();
  const found = known.get(lower);
  if (found !== undefined) return found;
  const key = `#${createHash('sha256').update(lower).digest('hex').slice(0, 16)}`;
  if (known.size < 100_000) known.set(lower, key);
  return key;
}

/** The facts once the first comment is written, on this day. */
export function onceTold(facts: ReminderFacts, today: string): ReminderFacts {
  const { firstNudge } = facts;
  if (firstNudge === null) return facts;
  const { mentions, open = [] } = firstNudge;
  return {
    ...facts,
    firstNudge: null,
    nudge: { on: today, mentions },
    open,
    knownBy: facts.knownBy ?? today,
  };
}

/** The same facts with other names: keys, or none. */
export function renamed(facts: ReminderFacts, rename: (names: readonly string[]) => string[]): ReminderFacts {
  const { firstNudge, nudge } = facts;
  const reachedOf = ({ reached }: { reached?: string[] }): { reached?: string[] } =>
    reached === undefined ? {} : { reached: rename(reached) };
  const ofPeople = (points: OpenPoints): OpenPoints => ({ ...points, people: rename(points.people) });
  return {
    ...facts,
    firstNudge:
      firstNudge === null
        ? null
        : {
            ...firstNudge,
            mentions: rename(firstNudge.mentions),
            ...reachedOf(firstNudge),
            ...(firstNudge.open === undefined ? {} : { open: firstNudge.open.map(ofPeople) }),
          },
    nudge: nudge === null ? null : { ...nudge, mentions: rename(nudge.mentions), ...reachedOf(nudge) },
    open: facts.open.map(ofPeople),
    pings: facts.pings.map((ping) => ({ ...ping, whom: rename(ping.whom) })),
  };
}

/** The same facts with keys in place of names. */
export function withKeys(facts: ReminderFacts | null): ReminderFacts | null {
  return facts === null ? null : renamed(facts, (names) => names.map(personKey));
}
