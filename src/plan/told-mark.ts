import type { LabelEvent } from '../model/activity.ts';
import { isOwnUser, isProgram, type NoteOwner } from '../model/nudge-note.ts';
import type { LabelPolicy } from '../model/policy.ts';
import { earlierNames } from './labels.ts';

/** The label is taken off and set again at once, right after the comment. */
export const AT_ONCE_MS = 600_000;
/** Changes of one request have one moment, or nearly. */
const TOGETHER_MS = 2_000;

/**
 * When our comment was last written anew on an issue, as its label events tell: a comment that someone deletes leaves
 * nothing else behind. The bot takes `needs-attention` off and sets it again right after it has written a comment;
 * where a comment merely waits for its turn, it does not. Null: there was none, or everything was in order since.
 * With the comment the name of a former bot is gone too: no other program takes such a label off and sets it at once.
 * @param events oldest first
 */
export function toldAt(events: readonly LabelEvent[], bot: NoteOwner, policy: LabelPolicy): string | null {
  const attention = policy.needsAttention?.toLowerCase();
  if (attention === undefined) return null;
  const earlier = earlierNames(policy, bot);
  const own = events.filter(({ user }) => user !== null && (isOwnUser(user, bot) || isProgram(user)));
  /** Everything is in order: `ok` is set by the request that takes the other one off. */
  const isSettled = (index: number): boolean =>
    [own[index - 1], own[index + 1]].some(
      (other) =>
        other?.action === 'add' &&
        other.label !== own[index]?.label &&
        [policy.ok?.toLowerCase(), ...earlier].includes(other.label?.toLowerCase()) &&
        Math.abs(Date.parse(other.createdAt) - Date.parse(own[index]?.createdAt ?? '')) <= TOGETHER_MS,
    );
  let told: string | null = null;
  let takenOff: { name: string; at: number } | null = null;
  for (const [index, { action, label, createdAt }] of own.entries()) {
    const name = label?.toLowerCase() ?? '';
    if (name !== attention && !earlier.includes(name)) continue;
    const at = Date.parse(createdAt);
    if (action === 'remove') {
      const settled = isSettled(index);
      takenOff = settled ? null : { name, at };
      if (settled) told = null;
    } else if (takenOff !== null) {
      // Set again much later it was off because the issue was not looked after: what was told before still counts.
      if (takenOff.name === name && at - takenOff.at <= AT_ONCE_MS) told = createdAt;
      takenOff = null;
    }
  }
  return told;
}
