import { mainKind } from '../model/document.ts';
import type { Issue } from '../model/issue.ts';
import type { LabelPolicy, PolicySettings } from '../model/policy.ts';
import type { IssueFilter } from '../model/ports.ts';

/** Why an issue that carries our labels is not looked after any more. */
export type Leaving = 'closed' | 'unselected';

/** A list of issues that may have been left behind. */
interface LeftList {
  filter: IssueFilter;
  kind: typeof mainKind | 'okr';
  historical: false;
}

/** An issue that left touched `updated_at`; so long ago a run must have seen it. */
const DAYS = 31;

/**
 * Lists by our labels of what the lists by the selection do not show any more: an issue that lost its label, one that
 * opted out, and closed ones where closed KRs are not read anyway. GitLab has no "one of these labels", so each is a
 * request of its own.
 */
export function leftLists({ labels, select, okrs, dashboard }: PolicySettings, now: string): LeftList[] {
  if (select.state !== 'opened') return [];
  const updatedAfter = new Date(Date.parse(now) - DAYS * 86_400_000).toISOString();
  const common = { issueType: select.issueType, updatedAfter };
  const of = (kind: LeftList['kind'], filter: Omit<IssueFilter, keyof typeof common>): LeftList => ({
    filter: { ...common, ...filter },
    kind,
    historical: false,
  });
  const asking = [labels.needsAttention, labels.escalated ?? null].filter((name) => name !== null);
  const ours = [labels.needsAttention, labels.ok, ...(labels.former ?? [])].filter((name) => name !== null);
  const lost = ours.flatMap((label) => [
    ...select.labels.map((wanted) =>
      of(mainKind, { state: 'opened', labels: [label], notLabels: [wanted, ...(okrs?.labels ?? [])] }),
    ),
    ...select.notLabels.map((barred) =>
      of(mainKind, { state: 'opened', labels: [label, ...select.labels, barred] }),
    ),
  ]);
  const closed = asking.flatMap((label) => [
    ...(dashboard.quarters === 0
      ? [of(mainKind, { state: 'closed', labels: [label, ...select.labels], notLabels: select.notLabels })]
      : []),
    ...(okrs === null
      ? []
      : [of('okr', { state: 'closed', labels: [label, ...okrs.labels], notLabels: okrs.notLabels })]),
  ]);
  return [...lost, ...closed];
}

/** Whether an issue carries one of our labels. Case does not matter. */
export function carriesOurs(
  { labels }: Pick<Issue, 'labels'>,
  { needsAttention, ok, escalated, former = [] }: LabelPolicy,
): boolean {
  const ours = new Set([needsAttention, ok, escalated, ...former].map((name) => name?.toLowerCase()));
  return labels.some((name) => ours.has(name.toLowerCase()));
}
