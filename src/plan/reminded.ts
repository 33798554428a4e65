import { z } from 'zod';
import { type Finding, findingKey } from '../model/finding.ts';
import type { Note } from '../model/issue.ts';
import { pingMark } from '../model/ping-note.ts';
import type { GivenPing } from '../model/reminder.ts';
import { stateLimits } from './limits.ts';

/** What our marker remembers of reminders: since when people know of each open point, and who was reminded. */
export interface Reminded {
  /** What an open point is about, and the day it was first told of, `YYYY-MM-DD`. */
  told: [about: string, day: string][];
  /** Oldest first. */
  pings: GivenPing[];
  /** The last ping that is among them. */
  lastPing: number;
  /** Points that are gone, the day they were told of and the day they were gone; oldest first, absent: none. */
  fixed?: [about: string, told: string, gone: string][];
}

const limits = { pings: 24, others: 12, fixed: 20 } as const;

const name = z.string().min(1).max(255);

/** Day, people, other issues, 1 for an escalation. */
const given = z.tuple([
  z.iso.date(),
  z.array(name).max(stateLimits.people),
  z.array(z.string().regex(/^\d{1,15}:\d{1,15}$/)).max(limits.others),
  z.union([z.literal(0), z.literal(1)]),
]);

/** As it is written into a marker; whatever does not validate is forgotten. */
export const remindedFields = {
  told: z
    .array(z.tuple([z.string().max(stateLimits.text), z.iso.date()]))
    .max(stateLimits.points)
    .default([])
    .catch([]),
  pings: z.array(given).max(limits.pings).default([]).catch([]),
  lastPing: z.int().min(0).default(0).catch(0),
  fixed: z
    .array(z.tuple([z.string().max(stateLimits.text), z.iso.date(), z.iso.date()]))
    .max(limits.fixed)
    .default([])
    .catch([]),
};

type Written = { [Key in keyof typeof remindedFields]: z.output<(typeof remindedFields)[Key]> };

export const nothingReminded: Reminded = { told: [], pings: [], lastPing: 0 };

export function readReminded({ told, pings, lastPing, fixed }: Written): Reminded {
  return { told, pings: pings.map(toGiven), lastPing, ...(fixed.length === 0 ? {} : { fixed }) };
}

/** What is undefined is not written as JSON: there is nothing to remember. */
export function writeReminded({ told, pings, lastPing, fixed }: Reminded): {
  [Key in keyof Written]: Written[Key] | undefined;
} {
  return {
    told: unlessEmpty(told),
    pings: unlessEmpty(pings.map(toWritten)),
    lastPing: lastPing === 0 ? undefined : lastPing,
    fixed: unlessEmpty(fixed),
  };
}

export function unlessEmpty<T>(items: T[] | undefined): T[] | undefined {
  return items?.length === 0 ? undefined : items;
}

function toGiven([on, whom, others, escalation]: z.output<typeof given>): GivenPing {
  return { on, whom, others, ...(escalation === 1 ? { escalation: true } : {}) };
}

function toWritten({ on, whom, others, escalation }: GivenPing): z.output<typeof given> {
  return [on, whom.slice(0, stateLimits.people), others.slice(0, limits.others), escalation === true ? 1 : 0];
}

/** A ping as its own marker says it, as letters, digits, `-` and `_`. */
export function encodeGiven(ping: GivenPing): string {
  const [, ...rest] = toWritten(ping);
  return Buffer.from(JSON.stringify(rest), 'utf8').toString('base64url');
}

/** What a ping of ours says; null when it does not validate. */
export function decodeGiven(body: string): GivenPing | null {
  const mark = pingMark(body);
  if (mark === null) return null;
  try {
    const rest: unknown = JSON.parse(Buffer.from(mark.state, 'base64url').toString('utf8'));
    const parsed = given.safeParse(Array.isArray(rest) ? [mark.on, ...(rest as unknown[])] : null);
    return parsed.success ? toGiven(parsed.data) : null;
  } catch {
    return null;
  }
}

/**
 * What is to be remembered from now on. A point that is new was told of today; one that merely changed its message was
 * not. Pings that are on the issue and not yet remembered are. Applying it to its own result changes nothing.
 * @param before null: there was no comment yet
 * @param findings all of them: a point that is waived is neither open nor fixed
 * @param today `YYYY-MM-DD`
 */
export function remember(
  before: { since: string; points: readonly string[]; reminded?: Reminded } | null,
  { open, findings }: { open: readonly Finding[]; findings: readonly Finding[] },
  pings: readonly Note[],
  today: string,
): Reminded {
  if (before === null && pings.length === 0) return { told: toldToday(open, today), pings: [], lastPing: 0 };
  const { since = today, points = [], reminded = nothingReminded } = before ?? {};
  const days = new Map(reminded.told);
  // A comment of an earlier version told of its points on its first day, as far as is known.
  for (const key of reminded.told.length === 0 ? points : []) days.set(withoutMessage(key), since);
  const told = new Map<string, string>();
  for (const about of open.map(aboutOf)) told.set(about, days.get(about) ?? today);
  const waived = new Set(findings.flatMap((one) => (one.waived === undefined ? [] : [aboutOf(one)])));
  const gone = reminded.told.filter(([about]) => !told.has(about) && !waived.has(about));
  const fixed = [
    ...(reminded.fixed ?? []),
    ...gone.map(([about, day]): [string, string, string] => [about, day, today]),
  ].slice(-limits.fixed);
  const fresh = pings.filter(({ id }) => id > reminded.lastPing);
  const added = fresh.flatMap(({ body }) => decodeGiven(body) ?? []);
  return {
    told: [...told].slice(0, stateLimits.points),
    pings: [...reminded.pings, ...added].slice(-limits.pings),
    lastPing: fresh.at(-1)?.id ?? reminded.lastPing,
    ...(fixed.length === 0 ? {} : { fixed }),
  };
}

/** Of a first comment. */
function toldToday(open: readonly Finding[], today: string): Reminded['told'] {
  const abouts = new Set(open.map(aboutOf));
  return [...abouts].slice(0, stateLimits.points).map((about) => [about, today]);
}

/** The findings with the day on which a comment of ours first told of them, where one did. */
export function withSince(findings: readonly Finding[], reminded: Reminded | undefined): Finding[] {
  if (reminded === undefined || reminded.told.length === 0) return [...findings];
  const days = new Map(reminded.told);
  return findings.map((finding) => {
    const since = finding.waived === undefined ? days.get(aboutOf(finding)) : undefined;
    return since === undefined ? finding : { ...finding, since };
  });
}

/** What a point is about, whatever is said of it: rule and place. */
export function aboutOf(finding: Pick<Finding, 'rule' | 'messageId' | 'subject'>): string {
  return withoutMessage(findingKey(finding)).slice(0, stateLimits.text);
}

function withoutMessage(key: string): string {
  const end = key.indexOf('/');
  return `${end === -1 ? key : key.slice(0, end)}/${key.slice(key.lastIndexOf('/') + 1)}`;
}
