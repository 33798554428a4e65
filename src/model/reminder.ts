import { createHash } from 'node:crypto';

/**
 * What must be known of one subject to decide over all of them: who is told, and when somebody was. A run keeps it for
 * each subject, and a report of a shard carries it to the merge, so it is small and holds no text.
 */
export interface ReminderFacts {
  /** Of the issue, ISO 8601 instant. */
  createdAt: string;
  /** The first comment, which is to be written as soon as its turn comes; null: there is none to write. */
  firstNudge: { mentions: string[]; errors: number } | null;
  /** Our comment; null: there is none, or it was not looked for. `on`: the day it was written, `YYYY-MM-DD`. */
  nudge: { on: string; mentions: string[] } | null;
}

const known = new Map<string, string>();

/**
 * A person as budgets count them: the same for every spelling of a user name. A key of a key is the key itself, so that
 * the report of a shard may carry keys where names are not for everybody.
 */
export function personKey(name: string): string {
  if (name.startsWith('#')) return name;
  const lower = name.toLowerCase();
  const found = known.get(lower) ?? `#${createHash('sha256').update(lower).digest('hex').slice(0, 16)}`;
  if (known.size < 100_000) known.set(lower, found);
  return found;
}

/** The same facts with keys in place of names. */
export function withKeys(facts: ReminderFacts | null): ReminderFacts | null {
  if (facts === null) return null;
  const { firstNudge, nudge } = facts;
  return {
    ...facts,
    firstNudge: firstNudge === null ? null : { ...firstNudge, mentions: firstNudge.mentions.map(personKey) },
    nudge: nudge === null ? null : { ...nudge, mentions: nudge.mentions.map(personKey) },
  };
}
