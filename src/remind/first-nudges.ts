import { createNumberList, type NumberList } from '../model/number-list.ts';
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

/** More than any two issues lie apart. */
const AGES_MS = 1e15;

/** Why a first comment waits. */
export type Wait = 'run' | 'person' | 'unknown';

const reasons: readonly Wait[] = ['run', 'person', 'unknown'];

/** Which first comments wait, by the index of the subject. */
export interface Waits extends Iterable<[index: number, why: Wait]> {
  /** Left out: it may be written. */
  get(index: number): Wait | undefined;
}

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
): Waits {
  const monday = calendar.weekOf(calendar.dayOf(now));
  const { turn, isFirstWeek, isToldThisWeek } = lookThrough(subjects, monday);
  const peopleOf = (told: Told): string[] =>
    ((isFirstWeek ? told?.reached : null) ?? told?.mentions ?? []).map(personKey);
  const known = isToldThisWeek ? [subjects, elsewhere ?? []] : [elsewhere ?? []];
  const told = perPersonPerWeek === null ? null : toldThisWeek(known, monday, peopleOf);
  const waits = createWaits(subjects.length);
  let written = 0;
  for (const index of turn) {
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

/** A byte for each subject: nearly all of a large backlog wait. */
function createWaits(count: number): Waits & { set(index: number, why: Wait): void } {
  const bytes = new Uint8Array(count);
  return {
    get: (index) => reasons[(bytes[index] ?? 0) - 1],
    set: (index, why) => void (bytes[index] = reasons.indexOf(why) + 1),
    *[Symbol.iterator]() {
      for (const [index, byte] of bytes.entries()) if (byte > 0) yield [index, reasons[byte - 1] as Wait];
    },
  };
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

/**
 * The indices of those that have a first comment to write, in their turn, and whether the others tell of a week before
 * this one, or of this one. Of each only two numbers are kept while they are sorted.
 */
function lookThrough(
  subjects: Sequence<FirstNudgeSubject>,
  monday: string,
): { turn: Uint32Array; isFirstWeek: boolean; isToldThisWeek: boolean } {
  let isFirstWeek = true;
  let isToldThisWeek = false;
  const indices = createNumberList(Uint32Array);
  /** When each was created; what must be fixed comes before all times. */
  const ranks = createNumberList();
  let index = 0;
  for (const { facts } of subjects) {
    const { firstNudge, nudge, createdAt } = facts;
    if (nudge !== null) {
      isFirstWeek &&= nudge.on >= monday;
      isToldThisWeek ||= nudge.on >= monday;
    }
    if (firstNudge !== null) {
      indices.push(index);
      ranks.push(Date.parse(createdAt) - (firstNudge.errors > 0 ? AGES_MS : 0));
    }
    index += 1;
  }
  const rankAt = (at: number): number => ranks.at(at) ?? 0;
  const older = (a: number, b: number): number => {
    const [one, other] = [subjects.at(indices.at(a) ?? 0), subjects.at(indices.at(b) ?? 0)];
    return (one?.projectId ?? 0) - (other?.projectId ?? 0) || (one?.iid ?? 0) - (other?.iid ?? 0);
  };
  const turn = Uint32Array.from({ length: indices.length }, (_, at) => at)
    .sort((a, b) => rankAt(a) - rankAt(b) || older(a, b))
    .map((at) => indices.at(at) ?? 0);
  return { turn, isFirstWeek, isToldThisWeek };
}

/** Subjects with open points of people, by their indices. */
export interface OthersOf {
  /**
   * Those of the people whom the first comment of a subject mentions, but for that subject; confidential ones are never
   * named. In the order of the scan, made as they are asked for: one person may have ten thousand.
   */
  of: (index: number) => Iterable<number>;
  projectOf: (index: number) => number;
}

/** Looks through all subjects when it is asked for the first time. */
export function createOthers(
  subjects: Sequence<
    Omit<FirstNudgeSubject, 'facts'> & {
      confidential: boolean;
      facts: Pick<ReminderFacts, 'firstNudge' | 'open'>;
    }
  >,
): OthersOf {
  let books: { byPerson: Map<string, NumberList>; projects: NumberList } | null = null;
  const open = (): NonNullable<typeof books> => {
    const byPerson = new Map<string, NumberList>();
    const projects = createNumberList();
    for (const { facts, confidential, projectId } of subjects) {
      const index = projects.length;
      projects.push(projectId);
      if (confidential) continue;
      const people = [...(facts.firstNudge?.mentions ?? []), ...facts.open.flatMap((group) => group.people)];
      for (const key of new Set(people.map(personKey))) {
        const theirs = byPerson.get(key) ?? createNumberList(Uint32Array);
        byPerson.set(key, theirs);
        theirs.push(index);
      }
    }
    return { byPerson, projects };
  };
  return {
    *of(index) {
      books ??= open();
      const keys = new Set((subjects.at(index)?.facts.firstNudge?.mentions ?? []).map(personKey));
      for (const other of merged([...keys].flatMap((key) => books?.byPerson.get(key) ?? [])))
        if (other !== index) yield other;
    },
    projectOf: (index) => (books ??= open()).projects.at(index) ?? 0,
  };
}

/** The numbers of rising lists, each once, rising. */
function* merged(lists: readonly NumberList[]): Generator<number> {
  const next = lists.map(() => 0);
  for (;;) {
    let least = Number.POSITIVE_INFINITY;
    for (const [nth, list] of lists.entries())
      least = Math.min(least, list.at(next[nth] ?? 0) ?? Number.POSITIVE_INFINITY);
    if (least === Number.POSITIVE_INFINITY) return;
    yield least;
    for (const [nth, list] of lists.entries())
      if (list.at(next[nth] ?? 0) === least) next[nth] = (next[nth] ?? 0) + 1;
  }
}
