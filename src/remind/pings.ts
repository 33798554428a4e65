import { addTo } from '../model/groups.ts';
import { personKey, type ReminderFacts } from '../model/reminder.ts';
import type { Sequence } from '../model/sequence.ts';
import type { BusinessDays } from './business-days.ts';
import { createDue, type Due, type PingSettings, type RemindedSubject } from './due.ts';
import type { Step } from './ladder.ts';

/** A comment to be posted today. */
export interface PlannedPing {
  /** Of the subject. */
  index: number;
  /** User names as the facts spell them. */
  whom: string[];
  /** What it is about; null: those above are asked. */
  step: Step | null;
  /** By user name: indices of other subjects that the person is reminded of in the same comment. */
  others: Map<string, number[]>;
}

/** A reminder that is due, and is not given today. */
export interface Waiting {
  index: number;
  whom: string[];
  /** The day on which it can be given, as far as is known today. */
  on: string;
  why: 'run' | 'person';
  step: Step;
}

/** What may happen to a subject next. */
export interface Outlook {
  on: string;
  whom: string[];
  /** Null: those above are asked. */
  step: Step | null;
}

export interface PingQueue {
  /** The bot was on none of the subjects yet. */
  isNew: boolean;
  /** The next comment that may be posted; null: that was all. Nothing is counted until it is accepted. */
  next(): PlannedPing | null;
  /** It is posted: the budgets of those it mentions are used. */
  accept(ping: PlannedPing): void;
  /** The subject was looked at once more, and this is what is known of it now. */
  update(index: number, facts: ReminderFacts): void;
  /** It cannot be posted today. */
  drop(index: number): void;
  /** What is due and waits, once `next` said that that was all. */
  waiting(): Waiting[];
  /** What comes next on a subject after today; null: nothing, as far as is known. */
  outlook(index: number): Outlook | null;
}

/** So many other subjects are named in one comment; more are due another week. */
const OTHERS = 10;

/**
 * Who is reminded today, of what, and where. Pure but for its own books. One comment a person and week (or what the
 * policy says), on the most urgent of the subjects that are due; it names the others. No one on weekends and holidays,
 * in the first days of the bot, within a day of something a person did there, or during a snooze.
 */
export function createPingQueue(subjects: Sequence<RemindedSubject>, settings: PingSettings): PingQueue {
  const { policy, days } = settings;
  const due = createDue(subjects, settings);
  const { today } = due;
  /** Subjects on which nothing more is posted today. */
  const gone = new Set<number>();
  /** People who were reminded of everything that is due, today. */
  const served = new Set<string>();
  let posted = 0;
  const isOpen = (index: number): boolean => !gone.has(index) && due.isCalm(index);
  const mayHear = (name: string): boolean =>
    !served.has(personKey(name)) && due.remindersThisWeek(name) < policy.perPersonPerWeek;
  const dueOn = (index: number): DueStep[] => (isOpen(index) ? dueSteps(due, index) : []);
  const isEscalation = (index: number): boolean =>
    isOpen(index) && (due.escalationFor(index) ?? '~') <= today;
  let turn: number[] | null = null;
  let byPerson: ReadonlyMap<string, readonly number[]> = new Map();
  const inTurn = (): readonly number[] => {
    if (turn === null) ({ turn, byPerson } = takeTurns(subjects, due, { dueOn, isEscalation }));
    return turn;
  };
  const othersOf = (name: string, host: number): number[] =>
    (byPerson.get(personKey(name)) ?? [])
      .filter((index) => index !== host && subjects.at(index)?.confidential !== true && isOpen(index))
      .slice(0, OTHERS);
  const planFor = (index: number): PlannedPing | null => {
    if (isEscalation(index)) return { index, whom: [...policy.escalateTo], step: null, others: new Map() };
    const reachable = dueOn(index).filter(({ name }) => mayHear(name));
    const step = summed(reachable);
    if (step === null) return null;
    const names = reachable.map(({ name }) => name);
    return { index, whom: names, step, others: new Map(names.map((name) => [name, othersOf(name, index)])) };
  };
  return {
    isNew: due.isNew,
    next() {
      if (posted >= policy.pingsPerRun) return null;
      for (const index of inTurn()) {
        const plan = planFor(index);
        if (plan !== null) return plan;
      }
      return null;
    },
    accept(ping) {
      posted += 1;
      gone.add(ping.index);
      if (ping.step === null)
        due.update(ping.index, withEscalation(due.factsOf(ping.index), ping.whom, today));
      else
        for (const name of ping.whom) {
          served.add(personKey(name));
          due.remind(name, [ping.index, ...(ping.others.get(name) ?? [])]);
        }
    },
    update: (index, fresh) => due.update(index, fresh),
    drop: (index) => void gone.add(index),
    waiting: () =>
      inTurn().flatMap((index) => {
        const left = dueOn(index).filter(({ name }) => !served.has(personKey(name)));
        const step = summed(left);
        if (step === null) return [];
        const why = left.some(({ name }) => mayHear(name)) ? ('run' as const) : ('person' as const);
        const on = why === 'run' ? days.after(today, 1) : nextWeek(days, today);
        return [{ index, whom: left.map(({ name }) => name), on, why, step }];
      }),
    outlook: (index) => outlookOf(due, index, settings),
  };
}

/** A person, and what is due. */
interface DueStep {
  name: string;
  step: Step;
}

function dueSteps(due: Due, index: number): DueStep[] {
  return due.peopleOf(index).flatMap((name) => {
    const step = due.stepFor(name, index);
    return step !== null && step.due <= due.today ? [{ name, step }] : [];
  });
}

/** Which subjects are due, the most urgent first: calls for help, what must be fixed, what is due longest. */
function takeTurns(
  subjects: Sequence<RemindedSubject>,
  due: Due,
  { dueOn, isEscalation }: { dueOn: (index: number) => DueStep[]; isEscalation: (index: number) => boolean },
): { turn: number[]; byPerson: Map<string, number[]> } {
  const byPerson = new Map<string, number[]>();
  const entries: (Pick<RemindedSubject, 'projectId' | 'iid'> & {
    index: number;
    rank: number;
    since: string;
    born: number;
  })[] = [];
  for (let index = 0; index < (due.isQuietToday ? 0 : subjects.length); index += 1) {
    const steps = dueOn(index);
    for (const { name } of steps) addTo(byPerson, personKey(name), index);
    const asks = isEscalation(index);
    if (steps.length === 0 && !asks) continue;
    const { projectId, iid } = subjects.at(index) as RemindedSubject;
    const rank = asks ? 0 : steps.some(({ step }) => step.errors > 0) ? 1 : 2;
    const since = steps.map(({ step }) => step.due).toSorted()[0] ?? due.today;
    entries.push({ index, rank, since, born: Date.parse(due.factsOf(index).createdAt), projectId, iid });
  }
  entries.sort(
    (a, b) =>
      a.rank - b.rank ||
      (a.since < b.since ? -1 : a.since > b.since ? 1 : 0) ||
      a.born - b.born ||
      a.projectId - b.projectId ||
      a.iid - b.iid,
  );
  return { turn: entries.map(({ index }) => index), byPerson };
}

function outlookOf(due: Due, index: number, { policy, days }: PingSettings): Outlook | null {
  const { today, quietUntil } = due;
  if (policy.pingsPerRun === 0 || !due.isOpen(index)) return null;
  const from = days.after(today > quietUntil ? today : quietUntil, 1);
  const escalation = due.escalationFor(index);
  let best: Outlook | null =
    escalation === null
      ? null
      : { on: escalation > from ? escalation : from, whom: [...policy.escalateTo], step: null };
  for (const name of policy.perPersonPerWeek === 0 ? [] : due.peopleOf(index)) {
    const step = due.stepFor(name, index);
    if (step === null) continue;
    const isFree = due.remindersThisWeek(name) < policy.perPersonPerWeek;
    const soon = step.due > from ? step.due : from;
    const on = isFree || days.weekOf(soon) > days.weekOf(today) ? soon : nextWeek(days, today);
    if (best === null || on < best.on) best = { on, whom: [name], step };
    else if (on === best.on && best.step !== null)
      best = { on, whom: [...best.whom, name], step: forAll(best.step, step) };
  }
  return best;
}

function withEscalation(facts: ReminderFacts, whom: string[], on: string): ReminderFacts {
  return { ...facts, pings: [...facts.pings, { on, whom, others: [], escalation: true }] };
}

function summed(steps: readonly DueStep[]): Step | null {
  const [first, ...rest] = steps.map(({ step }) => step);
  return first === undefined ? null : rest.reduce(forAll, first);
}

function nextWeek(days: BusinessDays, today: string): string {
  const monday = days.weekOf(today);
  let day = today;
  while (days.weekOf(day) === monday) day = days.after(day, 1);
  return day;
}

/** What one comment says to several people: the points of one may be those of the other, so they do not add up. */
function forAll(a: Step, b: Step): Step {
  return {
    due: a.due < b.due ? a.due : b.due,
    nth: Math.min(a.nth, b.nth),
    of: a.of,
    since: a.since < b.since ? a.since : b.since,
    points: Math.max(a.points, b.points),
    errors: Math.max(a.errors, b.errors),
  };
}
