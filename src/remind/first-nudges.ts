import { addTo } from '../model/groups.ts';
import type { ReminderPolicy } from '../model/policy.ts';
import { personKey, type ReminderFacts } from '../model/reminder.ts';
import type { Sequence } from '../model/sequence.ts';
import type { BusinessDays } from './business-days.ts';

/** A subject, as far as deciding about it goes. */
export interface FirstNudgeSubject {
  projectId: number;
  iid: number;
  facts: Pick<ReminderFacts, 'createdAt' | 'firstNudge' | 'nudge'>;
}

/** Why a first comment waits. */
export type Wait = 'run' | 'person' | 'unknown';

/**
 * Which first comments are written in this run. Pure. What must be fixed comes before what is recommended, older issues
 * before newer ones, so that the order is always the same. A person is counted by mentions: those of comments
 * that were written earlier in the same calendar week count too. In the bot's first week all mails count, those to
 * people who merely take part as well: to someone who opened all KRs, that week would be a flood.
 * @returns for each subject that waits, by its index, why; all other first comments may be written
 */
export function decideFirstNudges(
  subjects: Sequence<FirstNudgeSubject>,
  { perRun, perPersonPerWeek }: ReminderPolicy['newComments'],
  {
    now,
    calendar,
    elsewhere = [],
  }: {
    now: string;
    calendar: Pick<BusinessDays, 'dayOf' | 'weekOf'>;
    /** What was said this week on issues that are no subjects any more; null: that is not known. */
    elsewhere?: readonly FirstNudgeSubject[] | null;
  },
): Map<number, Wait> {
  const monday = calendar.weekOf(calendar.dayOf(now));
  const isFirstWeek = !isOlder(subjects, monday);
  const peopleOf = (told: Told): string[] =>
    ((isFirstWeek ? told?.reached : null) ?? told?.mentions ?? []).map(personKey);
  const told = perPersonPerWeek === null ? null : toldThisWeek([subjects, elsewhere ?? []], monday, peopleOf);
  const waits = new Map<number, Wait>();
  let written = 0;
  for (const index of inTurn(subjects)) {
    const people = peopleOf(subjects.at(index)?.facts.firstNudge ?? null);
    // What is more than a whole week's share by itself is written in a week in which nothing else was.
    const isTooMuch = (before: number, key: string): boolean =>
      (before > 0 || perPersonPerWeek === 0) &&
      before + people.filter((one) => one === key).length > (perPersonPerWeek ?? Infinity);
    if (perRun !== null && written >= perRun) waits.set(index, 'run');
    else if (told !== null && elsewhere === null && people.length > 0) waits.set(index, 'unknown');
    else if (told !== null && people.some((key) => isTooMuch(told.get(key) ?? 0, key)))
      waits.set(index, 'person');
    else {
      written += 1;
      for (const key of people) told?.set(key, (told.get(key) ?? 0) + 1);
    }
  }
  return waits;
}

function isOlder(subjects: Sequence<FirstNudgeSubject>, monday: string): boolean {
  for (const { facts } of subjects) if (facts.nudge !== null && facts.nudge.on < monday) return true;
  return false;
}

type Told = { mentions: string[]; reached?: string[] } | null;

function toldThisWeek(
  all: readonly Iterable<FirstNudgeSubject>[],
  monday: string,
  peopleOf: (told: Told) => string[],
): Map<string, number> {
  const told = new Map<string, number>();
  for (const subjects of all)
    for (const { facts } of subjects) {
      if (facts.nudge === null || facts.nudge.on < monday) continue;
      for (const key of peopleOf(facts.nudge)) told.set(key, (told.get(key) ?? 0) + 1);
    }
  return told;
}

function inTurn(subjects: Sequence<FirstNudgeSubject>): number[] {
  const keys: { index: number; rank: number; born: number; projectId: number; iid: number }[] = [];
  let index = 0;
  for (const { projectId, iid, facts } of subjects) {
    const { firstNudge, createdAt } = facts;
    const rank = firstNudge !== null && firstNudge.errors > 0 ? 0 : 1;
    if (firstNudge !== null) keys.push({ index, rank, born: Date.parse(createdAt), projectId, iid });
    index += 1;
  }
  keys.sort((a, b) => a.rank - b.rank || a.born - b.born || a.projectId - b.projectId || a.iid - b.iid);
  return keys.map(({ index }) => index);
}

/**
 * Which other subjects of those whom a first comment mentions have open points, by the index of each; confidential ones
 * are never named. In the order of the scan.
 */
export function createOthers(
  subjects: Sequence<
    Omit<FirstNudgeSubject, 'facts'> & {
      confidential: boolean;
      facts: Pick<ReminderFacts, 'firstNudge' | 'open'>;
    }
  >,
): (index: number) => number[] {
  const byPerson = new Map<string, number[]>();
  let index = -1;
  for (const { facts, confidential } of subjects) {
    index += 1;
    if (confidential) continue;
    const people = [...(facts.firstNudge?.mentions ?? []), ...facts.open.flatMap((group) => group.people)];
    for (const key of new Set(people.map(personKey))) addTo(byPerson, key, index);
  }
  return (of) => {
    const keys = new Set((subjects.at(of)?.facts.firstNudge?.mentions ?? []).map(personKey));
    const all = new Set([...keys].flatMap((key) => byPerson.get(key) ?? []));
    all.delete(of);
    return [...all].sort((a, b) => a - b);
  };
}
