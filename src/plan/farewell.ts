import type { Action } from '../model/action.ts';
import type { Issue, Note } from '../model/issue.ts';
import { defaultPolicyId, storedForm } from '../model/nudge-note.ts';
import { pingsIn } from '../model/ping-note.ts';
import type { LabelPolicy } from '../model/policy.ts';
import { createVoice } from './comment/voice.ts';
import { removeLabels, spelling } from './labels.ts';
import { encodeMarker, type NudgeState } from './marker.ts';
import { pingActions } from './ping-note.ts';
import type { PlanInput } from './plan-input.ts';
import { remember } from './reminded.ts';

/** Why an issue is not looked after any more: it was closed (or moved away), or the policy does not select it. */
export type Leaving = 'closed' | 'unselected';

/**
 * What is to be done once on an issue that is not looked after any more: a comment that asks for something asks for
 * nothing, reminders go, and labels that say what is not evaluated any more are taken off. `ok` stays on a closed one.
 */
export function farewell(
  input: Pick<PlanInput, 'issue' | 'notes' | 'bot' | 'settings' | 'now' | 'today' | 'template'>,
  { nudge, before, duplicates, former }: Ours,
  leaving: Leaving,
): { actions: Action[]; comment: string | null; state: NudgeState | null } {
  const { issue, settings } = input;
  const pings = pingsIn(input.notes ?? [], input.bot);
  const voice = createVoice(settings.comment.phrases);
  const labels = removeLabels([...ownLabels(issue, settings.labels, leaving), ...former]);
  const standing = { comment: nudge?.body ?? null, state: nudge === null ? null : before };
  if (issue.discussionLocked) return { actions: labels, ...standing };
  const last = nudge === null || before?.points.length === 0 ? null : lastWords(input, before, leaving);
  const isSaid = last === null || nudge === null || storedForm(nudge.body) === last.comment;
  const say: Action[] = isSaid
    ? []
    : [
        {
          type: 'update-note',
          noteId: nudge.id,
          body: last.comment,
          detail: 'say that nothing is asked any more',
        },
      ];
  return {
    actions: [
      ...duplicates,
      ...say,
      ...pingActions(pings, [], { policyId: input.bot?.policyId, voice }),
      ...labels,
    ],
    ...(last ?? standing),
  };
}

interface Ours {
  nudge: Note | null;
  before: NudgeState | null;
  duplicates: readonly Action[];
  /** Labels that the bot set under names they no longer have, as the issue spells them. */
  former: readonly string[];
}

function ownLabels(issue: Issue, { needsAttention, ok, escalated }: LabelPolicy, leaving: Leaving): string[] {
  const names = [needsAttention, escalated ?? null, leaving === 'closed' ? null : ok];
  return names.flatMap((name) => (name === null ? [] : (spelling(issue, name) ?? [])));
}

function lastWords(
  { settings, notes, bot, now, today, template }: Parameters<typeof farewell>[0],
  before: NudgeState | null,
  leaving: Leaving,
): { comment: string; state: NudgeState } {
  const voice = createVoice(settings.comment.phrases);
  const day = today ?? new Date(now).toISOString().slice(0, 10);
  const text = voice.say(leaving === 'closed' ? 'left-closed' : 'left-unselected', {
    noun: template.nouns.one,
  });
  const {
    told: _told,
    fixed: _fixed,
    ...kept
  } = remember(before, { open: [], findings: [] }, pingsIn(notes ?? [], bot), day);
  // Nothing is asked any more, and nothing was fixed by that.
  const fixed = before?.reminded?.fixed;
  const reminded = { ...kept, told: [], ...(fixed === undefined ? {} : { fixed }) };
  const state: NudgeState = {
    since: before?.since ?? day,
    greeted: before?.greeted ?? [],
    mentioned: [],
    points: [],
    weeks: before?.weeks ?? [],
    // What the bot changed stays changed, and is told again where the issue comes back.
    changes: before?.changes,
    reminded,
  };
  const marker = encodeMarker(state, bot?.policyId ?? defaultPolicyId);
  return { comment: storedForm(`${text.replace(/^\/(?=\S)/, ' /')}\n\n${marker}`), state };
}
