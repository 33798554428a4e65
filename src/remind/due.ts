import type { ReminderPolicy } from '../model/policy.ts';
import { personKey, type ReminderFacts, subjectKey } from '../model/reminder.ts';
import type { Sequence } from '../model/sequence.ts';
import type { BusinessDays } from './business-days.ts';
import { escalationDay, nextStep, type Step } from './ladder.ts';

/** A subject, as far as deciding about reminders goes. */
export interface RemindedSubject {
  projectId: number;
  iid: number;
  confidential: boolean;
  facts: ReminderFacts;
}

export interface PingSettings {
  policy: ReminderPolicy;
  /** ISO 8601 instant */
  now: string;
  days: BusinessDays;
  /** What was said this week on issues that are no subjects any more: it counts, and nothing else is said there. */
  elsewhere?: readonly RemindedSubject[];
}

/** What is due on which subject, and the books that tell who was reminded of what. */
export interface Due {
  today: string;
  /** No one is reminded up to this day, because the bot is new; '' when it is not. */
  quietUntil: string;
  isQuietToday: boolean;
  /** The bot was on none of the subjects yet. */
  isNew: boolean;
  /** Whether people know of something that is open there. */
  isOpen(index: number): boolean;
  factsOf(index: number): ReminderFacts;
  update(index: number, facts: ReminderFacts): void;
  /** Everyone who can act on something that is open, each once. */
  peopleOf(index: number): string[];
  stepFor(name: string, index: number): Step | null;
  escalationFor(index: number): string | null;
  /** No one did anything there for a day, and our comment is not of today. */
  isCalm(index: number): boolean;
  remindersThisWeek(name: string): number;
  /** A person is reminded today: once, of all these subjects. */
  remind(name: string, indices: readonly number[]): void;
}

const DAY_MS = 86_400_000;

export function createDue(
  subjects: Sequence<RemindedSubject>,
  { policy, now, days, elsewhere = [] }: PingSettings,
): Due {
  const today = days.dayOf(now);
  /** What was learned since. */
  const updated = new Map<number, ReminderFacts>();
  const keyOf = (index: number): string => subjectKey(subjects.at(index) as RemindedSubject);
  const books = openBooks(subjects, elsewhere, days.weekOf(today));
  const quietUntil = firstDays(books.first ?? today, policy, days);
  const factsOf = (index: number): ReminderFacts =>
    updated.get(index) ?? (subjects.at(index) as RemindedSubject).facts;
  const given = (key: string, index: number): readonly string[] =>
    books.given.get(`${keyOf(index)}\n${key}`) ?? [];
  return {
    today,
    quietUntil,
    isQuietToday: !days.isBusinessDay(today) || today <= quietUntil,
    isNew: books.first === null,
    isOpen: (index) => (updated.get(index)?.open.length ?? books.open[index] ?? 0) > 0,
    factsOf,
    update(index, fresh) {
      updated.set(index, fresh);
    },
    peopleOf: (index) => peopleOf(factsOf(index)),
    stepFor: (name, index) =>
      nextStep(personKey(name), factsOf(index), given(personKey(name), index), policy, days),
    escalationFor: (index) => escalationDay(factsOf(index), (key) => given(key, index), policy, days),
    isCalm(index) {
      const { activeAt, nudge } = factsOf(index);
      // Where a new token wrote a comment of its own, what was told by the one before may be due already.
      if (nudge !== null && nudge.on >= today) return false;
      return activeAt === null || Date.parse(now) - Date.parse(activeAt) >= DAY_MS;
    },
    remindersThisWeek: (name) => books.thisWeek.get(personKey(name)) ?? 0,
    remind(name, indices) {
      const key = personKey(name);
      books.thisWeek.set(key, (books.thisWeek.get(key) ?? 0) + 1);
      for (const index of indices) note(books, keyOf(index), key, today);
    },
  };
}

interface Books {
  /** By subject and person: the days on which the person was reminded of it, rising. */
  given: Map<string, string[]>;
  /** By person: reminders in this week. */
  thisWeek: Map<string, number>;
  /** By subject: 1 where people know of something that is open. */
  open: Uint8Array;
  /** The first day on which the bot was known to be on one of the subjects; null: it was nowhere yet. */
  first: string | null;
}

/** Looks through all subjects once: making each again is most of what that costs. */
function openBooks(
  subjects: Sequence<RemindedSubject>,
  elsewhere: readonly RemindedSubject[],
  monday: string,
): Books {
  const open = new Uint8Array(subjects.length);
  const books: Books = { given: new Map(), thisWeek: new Map(), open, first: null };
  let index = 0;
  for (const subject of subjects) {
    const { knownBy } = subject.facts;
    if (knownBy !== null && (books.first === null || knownBy < books.first)) books.first = knownBy;
    if (subject.facts.open.length > 0) open[index] = 1;
    enter(books, subject, monday);
    index += 1;
  }
  for (const subject of elsewhere) enter(books, subject, monday);
  return books;
}

/** Whom the pings on a subject reminded, and when. */
function enter(books: Books, subject: RemindedSubject, monday: string): void {
  for (const { on, whom, others, escalation } of subject.facts.pings) {
    if (escalation === true) continue;
    for (const key of whom.map(personKey)) {
      if (on >= monday) books.thisWeek.set(key, (books.thisWeek.get(key) ?? 0) + 1);
      for (const about of [subjectKey(subject), ...others]) note(books, about, key, on);
    }
  }
}

function note({ given }: Books, subject: string, person: string, day: string): void {
  const key = `${subject}\n${person}`;
  const known = given.get(key) ?? [];
  if (!known.includes(day)) given.set(key, [...known, day].toSorted());
}

/** Everyone who can act on something that is open, each once. */
function peopleOf({ open }: ReminderFacts): string[] {
  const once = new Map<string, string>();
  for (const name of open.flatMap(({ people }) => people)) {
    if (!once.has(personKey(name))) once.set(personKey(name), name);
  }
  return [...once.values()];
}

/** The last of the days in which no one is reminded because the bot is new; '': there is none. */
function firstDays(first: string, { quietFirstDays }: ReminderPolicy, days: BusinessDays): string {
  return quietFirstDays === 0 ? '' : days.after(first, quietFirstDays);
}
