import { itemKey, type PlanFolder, type PlanPage, type PlanState } from '../model/plan-folder.ts';

export interface PageState {
  state: PlanState;
  /** `written`: the front matter says so. */
  from: 'written' | 'derived';
}

/**
 * Where a plan is among the five steps: as its front matter says; else a draft while the site does not show it, in
 * review while it is new in a merge request, `issues-created` when its epic has issues, else merged.
 */
export function stateOf(page: PlanPage, { online, before }: PlanFolder): PageState {
  if (page.state?.value != null) return { state: page.state.value, from: 'written' };
  const derived = (state: PlanState): PageState => ({ state, from: 'derived' });
  if (page.unpublished) return derived('draft');
  if (before !== null && !before.has(page.path)) return derived('in-review');
  const known = page.item === null ? undefined : online?.get(itemKey(page.item));
  const hasIssues = known !== undefined && !('unknown' in known) && (known.issues?.length ?? 0) > 0;
  return derived(hasIssues ? 'issues-created' : 'merged');
}
