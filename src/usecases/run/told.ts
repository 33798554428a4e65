import { assess } from '../../assess/assess.ts';
import type { Activity } from '../../model/activity.ts';
import { dayAt } from '../../model/calendar.ts';
import { GatewayError } from '../../model/errors.ts';
import { findingKey } from '../../model/finding.ts';
import { type NoteOwner, nudgesIn, strippedNotes, underAnyName } from '../../model/nudge-note.ts';
import { nudging } from '../../plan/comment/points.ts';
import type { Told } from '../../plan/plan-issue.ts';
import { AT_ONCE_MS, toldAt } from '../../plan/told-mark.ts';
import type { ScannedIssue } from '../../scan/scan.ts';
import type { Ownership } from './note-owner.ts';
import type { RunOptions } from './options.ts';
import type { ReadSubject } from './read-subject.ts';

/** System notes of a change to what rules look at. */
const change = /description|title|due date|assigned|milestone|checklist|task|confidential|visible/i;

/**
 * What is known of a comment of ours that is not there any more, though label events say that it was written; left out:
 * there was none. What was open then is found by reading the issue as it was: where people changed it since, that is
 * not possible, and they may expect an answer.
 */
export async function toldBefore(
  options: Pick<RunOptions, 'policy' | 'documents'>,
  { issue, kind, historical, left }: ScannedIssue,
  { assessment, past }: Pick<ReadSubject, 'assessment' | 'past'>,
  ownership: Ownership | null,
): Promise<{ told?: Told }> {
  if (past instanceof GatewayError || ownership === null || historical || left !== undefined) return {};
  const { activity } = past;
  const { bot, lostBots } = ownership;
  const anyBot = underAnyName(bot, lostBots);
  if (nudgesIn(activity.comments, anyBot).length > 0 || strippedNotes(activity.comments, bot).length > 0)
    return {};
  const { calendar, labels } = options.policy.settings;
  const at = toldAt(activity.labelEvents, bot, labels);
  if (at === null || isStillThere(activity, bot, at)) return {};
  const on = dayAt(at, calendar) ?? at.slice(0, 10);
  const since = (instant: string): boolean => Date.parse(instant) > Date.parse(at);
  const isChanged =
    activity.systemNotes.some(
      ({ author, body, createdAt }) => author.id !== bot.userId && since(createdAt) && change.test(body),
    ) ||
    activity.stateEvents.some(({ createdAt }) => since(createdAt)) ||
    assessment.timeline?.answers.some(({ at: given, refused }) => since(given) && refused !== 'not allowed');
  if (isChanged === true) return { told: { on, points: null } };
  const { document, context } = assessment;
  const text = { kind, source: issue.description, facts: context.issue, document };
  const then = await assess({ ...text, past: { ...past, activity: until(activity, at) } }, options, at);
  return { told: { on, points: nudging(then.findings).map(findingKey) } };
}

/** A comment without marker from the moment of the label event: ours, from which someone took the marker at once. */
function isStillThere({ comments }: Activity, bot: NoteOwner, at: string): boolean {
  return comments.some(
    ({ author, body, createdAt }) =>
      author.id === bot.userId &&
      !body.includes('<!--') &&
      Math.abs(Date.parse(at) - Date.parse(createdAt)) <= AT_ONCE_MS,
  );
}

function until({ comments, systemNotes, labelEvents, stateEvents }: Activity, at: string): Activity {
  const early = <T extends { createdAt: string }>(things: readonly T[]): T[] =>
    things.filter(({ createdAt }) => Date.parse(createdAt) <= Date.parse(at));
  return {
    comments: early(comments),
    systemNotes: early(systemNotes),
    labelEvents: early(labelEvents),
    stateEvents: early(stateEvents),
  };
}
