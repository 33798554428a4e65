import { z } from 'zod';
import { nudgeMarker } from '../model/nudge-note.ts';

/**
 * The state in our marker, `<!-- kr-hygiene 1 nudge <base64url of JSON> -->`: the bot's only memory. Anybody who may
 * edit the note may forge it, so it is read only from notes of the bot's own user, believed only after validation,
 * and whatever it says is escaped again when shown.
 */
const VERSION = 1;

/** Beyond these, what is oldest is forgotten: a note of ours stays far below GitLab's limit. */
export const stateLimits = { points: 40, people: 30, text: 160 } as const;

const names = z.array(z.string().min(1).max(255)).max(stateLimits.people);
const text = z.string().max(stateLimits.text);

const stateSchema = z.strictObject({
  /** Day of the first nudge, `YYYY-MM-DD`. */
  since: z.iso.date(),
  /** Everybody who was ever greeted on this issue: user names. */
  greeted: names,
  /** Those whose mention stands in the note now. */
  mentioned: names,
  /** The points shown, open and mended: rule, what it is about, text. */
  points: z.array(z.tuple([text, text, text])).max(stateLimits.points),
});

/** What the bot needs to know next time. */
export type NudgeState = z.output<typeof stateSchema>;

/** The marker line of a note. The state must be within `stateLimits`. */
export function encodeMarker(state: NudgeState): string {
  const json = Buffer.from(JSON.stringify(state), 'utf8').toString('base64url');
  return `<!-- kr-hygiene ${VERSION} nudge ${json} -->`;
}

/** The state in a note's marker; null when there is none, or when it does not validate. */
export function decodeMarker(body: string): NudgeState | null {
  const marker = nudgeMarker(body);
  if (marker === null || marker.version !== String(VERSION)) return null;
  const parsed = stateSchema.safeParse(fromBase64Json(marker.state));
  return parsed.success ? parsed.data : null;
}

function fromBase64Json(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
