import { z } from 'zod';
import { defaultPolicyId, markerLine, nudgeMarker, storedForm } from '../model/nudge-note.ts';
import type { RememberedWeek } from '../model/remembered-weeks.ts';
import { memo } from '../text/memo.ts';
import { stateLimits } from './limits.ts';
import {
  nothingReminded,
  type Reminded,
  readReminded,
  remindedFields,
  unlessEmpty,
  writeReminded,
} from './reminded.ts';

/**
 * The state in our marker: base64url of JSON, the bot's only memory on an issue. Anyone who may edit the note may forge
 * it, so it is read only from notes of the bot's own user, believed only after validation, and nothing of it is ever
 * shown: texts are rendered from rules and documents each time.
 */
const VERSION = 2;

const names = z.array(z.string().min(1).max(255)).max(stateLimits.people);
const text = z.string().max(stateLimits.text);

/** See `RememberedWeek`. */
const week = z.tuple([
  z.iso.date(),
  z.enum(['on-track', 'at-risk', 'off-track']).nullable(),
  z.number().min(0).max(100).nullable(),
  z
    .string()
    .regex(/^[0-9a-f]{1,16}$/)
    .nullable(),
]);

/** `group/project#12`, and how many more there were. */
export interface Others {
  refs: string[];
  more: number;
}

const others = z.object({
  refs: z
    .array(
      z
        .string()
        .max(300)
        .regex(/^[\w.-]+(?:\/[\w.-]+)+#\d{1,9}$/),
    )
    .max(stateLimits.others),
  more: z.int().min(0).max(99_999),
});

/** What the bot needs to know next time. */
export interface NudgeState {
  /** Day of the first nudge, `YYYY-MM-DD`. */
  since: string;
  /** Everyone who was ever greeted on this issue: user names. */
  greeted: string[];
  /** Those whose mention is in the note now. */
  mentioned: string[];
  /** Keys (`rule/messageId/about`) of the points shown: the open ones, then the fixed ones. */
  points: string[];
  weeks: RememberedWeek[];
  /** What the bot changed on the issue itself: `due-date 2027-01-24`, `assignee ann`, `text`. */
  changes?: string[] | undefined;
  /** Other KRs of its people that the first comment names. */
  others?: Others | undefined;
  /** Since when people know of each open point, and who was reminded; left out: nothing. */
  reminded?: Reminded;
}

/** What is absent has a default: `catch` alone would make an error of it first, for each issue of a run. */
const fields = {
  since: z.iso.date(),
  greeted: names.default([]).catch([]),
  mentioned: names.default([]).catch([]),
  points: z.array(text).max(stateLimits.points).default([]).catch([]),
  weeks: z.array(week).max(stateLimits.weeks).default([]).catch([]),
  changes: z.array(text).max(3).optional().catch(undefined),
  others: others.optional().catch(undefined),
  ...remindedFields,
};

/**
 * A later version may add fields and change some: each that still validates is used. Without a day the marker is not
 * one of ours, or broken.
 */
const stateSchema = z.object(fields);

/** Version 1 kept, of each point, the rule, what it is about in words, and its text; the text is forgotten. */
const versionOne = stateSchema.extend({
  points: z
    .array(z.tuple([text, text, text]))
    .max(stateLimits.points)
    .transform((points) => points.map(([rule, about]) => keyOfVersionOne(rule, about)))
    .catch([]),
});

function keyOfVersionOne(rule: string, about: string): string {
  const [part = ''] = about.split(' ');
  const number = part === 'milestone' ? (/(\d{1,3})$/.exec(about)?.[1] ?? '0') : null;
  return `${rule}//${number === null ? part : `milestone-${number}`}`;
}

/** The marker line of a note. The state must be within `stateLimits`. */
export function encodeMarker(state: NudgeState, id: string = defaultPolicyId): string {
  const { since, greeted, mentioned, points, others, weeks, changes, reminded = nothingReminded } = state;
  // Field by field: spreading would cost as much as all the rest of it.
  const written = {
    since,
    greeted,
    mentioned,
    points,
    others,
    weeks: unlessEmpty(weeks),
    changes: unlessEmpty(changes),
    ...writeReminded(reminded),
  };
  const json = Buffer.from(JSON.stringify(written), 'utf8').toString('base64url');
  return markerLine(VERSION, 'nudge', json, id);
}

/** The words of a note, without what it remembers. */
export function withoutMarker(body: string): string {
  return storedForm(body)
    .split('\n')
    .filter((line) => !line.startsWith('<!-- kr-hygiene '))
    .join('\n');
}

/** The state in a note's marker; null when there is none, or when it does not validate. */
export function decodeMarker(body: string): NudgeState | null {
  const marker = nudgeMarker(body);
  if (marker === null || !/^[1-9]\d{0,3}$/.test(marker.version)) return null;
  return marker.version === '1' ? validated(marker.state, versionOne) : ofState(marker.state);
}

/** Several steps ask for that of one comment, one after the other. */
const ofState = memo((state) => validated(state, stateSchema), { entries: 64, length: 20_000 });

function validated(state: string, schema: typeof stateSchema | typeof versionOne): NudgeState | null {
  const parsed = schema.safeParse(fromBase64Json(state));
  if (!parsed.success) return null;
  const { since, greeted, mentioned, points, weeks, changes, others } = parsed.data;
  return { since, greeted, mentioned, points, weeks, changes, others, reminded: readReminded(parsed.data) };
}

function fromBase64Json(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
