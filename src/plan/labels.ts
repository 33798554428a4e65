import type { Action } from '../model/action.ts';
import type { Issue } from '../model/issue.ts';
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
