import type { ReminderPolicy } from '../model/policy.ts';
import { type OpenPoints, personKey, type ReminderFacts } from '../model/reminder.ts';
import type { BusinessDays } from './business-days.ts';

/** What the ladder of one person on one subject says. */
export interface Step {
  /** The day from which the reminder is due, a business day. */
  due: string;
  /** 1 for the first. */
  nth: number;
  of: number;
  /** What it would be about. */
  since: string;
  points: number;
  errors: number;
}

/** Days on which a person was reminded of a subject, rising. */
export type GivenDays = readonly string[];

/**
 * When a person is to be reminded of a subject next; null: of nothing, or not any more. Each open point has a ladder of
 * its own, counted from the day it was told of: business day 1 is the day after. A reminder counts for all points that
 * were told of before it; where one came late, the next keeps its distance. After a snooze, the one that was due comes
 * on the next business day.
 */
export function nextStep(
  key: string,
  { open, snoozedUntil, seenOn }: Pick<ReminderFacts, 'open' | 'snoozedUntil' | 'seenOn'>,
  given: GivenDays,
  { afterBusinessDays }: Pick<ReminderPolicy, 'afterBusinessDays'>,
  days: BusinessDays,
): Step | null {
  let first: Step | null = null;
  for (const group of open) {
    if (!group.people.some((name) => personKey(name) === key)) continue;
    const step = stepOf(group, { given, seenOn }, afterBusinessDays, days);
    if (step === null) continue;
    const due = snoozedUntil !== null && snoozedUntil > step.due ? days.onOrAfter(snoozedUntil) : step.due;
    if (first === null || due < first.due) first = { ...step, due };
    else if (due === first.due) first = together(first, step);
  }
  return first;
}

function stepOf(
  { since, points, errors }: OpenPoints,
  { given, seenOn }: { given: GivenDays; seenOn: string | null },
  ladder: readonly number[],
  days: BusinessDays,
): Step | null {
  const before = given.filter((day) => day > since);
  const after = ladder[before.length];
  if (after === undefined) return null;
  const planned = days.after(since, after);
  const last = before.at(-1);
  const distance = after - (ladder[before.length - 1] ?? 0);
  const kept = later(planned, last === undefined ? planned : days.after(last, distance));
  // Seen since: it moves by one step.
  const isSeen = seenOn !== null && seenOn >= (last ?? since);
  const next = ladder[before.length + 1];
  const due = isSeen ? days.after(kept, next === undefined ? distance : next - after) : kept;
  return {
    due,
    nth: before.length + 1,
    of: ladder.length,
    since,
    points,
    errors,
  };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** Points of several days that are due on the same: it is the last reminder only if it is the last of each. */
function together(a: Step, b: Step): Step {
  return {
    ...a,
    nth: Math.min(a.nth, b.nth),
    since: a.since < b.since ? a.since : b.since,
    points: a.points + b.points,
    errors: a.errors + b.errors,
  };
}

/** How many business days after the last reminder those above are asked. */
const ESCALATION_DAYS = 3;

/**
 * The day from which those whom the policy names are to be asked about a subject; null: not yet, or not any more. That
 * day comes when everyone who can act has been reminded of a point for the last time and it is still open.
 * @param givenTo the days on which a person was reminded
 */
export function escalationDay(
  { open, pings, snoozedUntil }: Pick<ReminderFacts, 'open' | 'pings' | 'snoozedUntil'>,
  givenTo: (key: string) => GivenDays,
  { afterBusinessDays, escalateTo }: Pick<ReminderPolicy, 'afterBusinessDays' | 'escalateTo'>,
  days: BusinessDays,
): string | null {
  if (escalateTo.length === 0 || afterBusinessDays.length === 0) return null;
  let first: string | null = null;
  for (const { people, since } of open) {
    if (pings.some(({ escalation, on }) => escalation === true && on > since)) return null;
    const last = lastGiven(people, since, givenTo, afterBusinessDays.length);
    if (last === null) continue;
    const planned = days.after(last, ESCALATION_DAYS);
    const due = snoozedUntil !== null && snoozedUntil > planned ? days.onOrAfter(snoozedUntil) : planned;
    if (first === null || due < first) first = due;
  }
  return first;
}

function lastGiven(
  people: readonly string[],
  since: string,
  givenTo: (key: string) => GivenDays,
  steps: number,
): string | null {
  let last: string | null = null;
  for (const name of people) {
    const given = givenTo(personKey(name)).filter((day) => day > since);
    if (given.length < steps) return null;
    const day = given.at(-1) ?? null;
    if (last === null || (day !== null && day > last)) last = day;
  }
  return last;
}
