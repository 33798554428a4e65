import type { Action } from '../model/action.ts';
import type { LabelEvent } from '../model/activity.ts';
import type { Issue } from '../model/issue.ts';
import { defaultPolicyId, isOwnUser, type NoteOwner } from '../model/nudge-note.ts';
import type { LabelPolicy } from '../model/policy.ts';

type LabelAction = Extract<Action, { type: 'update-labels' }>;

/** The labels that are wrong now. */
export interface LabelState {
  add: string | null;
  /** As the issue spells it: GitLab removes only exactly that (docs/gitlab.md §9). */
  remove: string | null;
}

/**
 * `needs-attention` while something is open, `ok` otherwise, the sibling removed: only paid tiers do that by
 * themselves (docs/gitlab.md §9). A name that is null is not the bot's business.
 */
export function labelState(issue: Issue, policy: LabelPolicy, open: boolean): LabelState {
  const wanted = open ? policy.needsAttention : policy.ok;
  const unwanted = open ? policy.ok : policy.needsAttention;
  const same = wanted !== null && wanted.toLowerCase() === unwanted?.toLowerCase();
  return {
    add: wanted !== null && spelling(issue, wanted) === null ? wanted : null,
    remove: unwanted === null || same ? null : spelling(issue, unwanted),
  };
}

export function carries(issue: Issue, label: string | null): boolean {
  return label !== null && spelling(issue, label) !== null;
}

export function labelAction({ add, remove }: LabelState): LabelAction[] {
  if (add === null && remove === null) return [];
  const detail = [add === null ? '' : `add ${add}`, remove === null ? '' : `remove ${remove}`];
  return [
    {
      type: 'update-labels',
      add: add === null ? [] : [add],
      remove: remove === null ? [] : [remove],
      detail: detail.filter((part) => part !== '').join(', '),
    },
  ];
}

/** A label of the issue as GitLab has it, whatever its case; null: it does not carry it. */
export function spelling(issue: Issue, label: string): string | null {
  return issue.labels.find((name) => name.toLowerCase() === label.toLowerCase()) ?? null;
}

/** Takes labels off, each named as the issue spells it. */
export function removeLabels(names: readonly string[]): LabelAction[] {
  const remove = [...new Set(names)];
  return remove.length === 0
    ? []
    : [{ type: 'update-labels', add: [], remove, detail: `remove ${remove.join(', ')}` }];
}

/** The names that these labels have where no policy says otherwise. */
const firstNames = ['kr-hygiene::needs-attention', 'kr-hygiene::ok', 'kr-hygiene::escalated'];

/**
 * Labels of an issue that the bot set before the policy gave them other names, as the issue spells them: those that the
 * policy lists as former, and the ones that no one had to choose, where the bot's own user was the last to set them. A
 * policy with an id is not alone, and those may be the other one's.
 */
export function formerLabels(
  issue: Issue,
  policy: LabelPolicy,
  { labelEvents = [], bot }: { labelEvents?: readonly LabelEvent[] | undefined; bot: NoteOwner | null },
): string[] {
  const listed = new Set((policy.former ?? []).map((name) => name.toLowerCase()));
  return earlierNames(policy, bot)
    .filter((name) => listed.has(name) || isSetByBot(name, labelEvents, bot))
    .flatMap((name) => spelling(issue, name) ?? []);
}

/** Names in lower case that labels of the policy may have had before: those it lists, and the first ones. */
export function earlierNames(policy: LabelPolicy, bot: NoteOwner | null): string[] {
  const present = new Set(
    [policy.needsAttention, policy.ok, policy.escalated].map((name) => name?.toLowerCase()),
  );
  const isAlone = (bot?.policyId ?? defaultPolicyId) === defaultPolicyId;
  return [...(policy.former ?? []), ...(isAlone ? firstNames : [])]
    .map((name) => name.toLowerCase())
    .filter((name) => !present.has(name));
}

function isSetByBot(name: string, events: readonly LabelEvent[], bot: NoteOwner | null): boolean {
  const last = events.findLast(({ label }) => label?.toLowerCase() === name);
  return last?.action === 'add' && bot !== null && isOwnUser(last.user, bot);
}
