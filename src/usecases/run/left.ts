import type { Activity } from '../../model/activity.ts';
import type { User } from '../../model/issue.ts';
import { isOwnUser, type NoteOwner, nudgesIn } from '../../model/nudge-note.ts';
import type { PolicySettings } from '../../model/policy.ts';
import type { SubjectReport } from '../../model/report.ts';
import type { ScannedIssue } from '../../scan/scan.ts';

/**
 * Whether an issue that carries our labels was looked after by this policy and left: it was closed, or whatever made it
 * leave (a label, the title, the GitLab milestone, confidentiality) happened after the bot last set one of them. Where
 * it is the other way round, another policy with the same token looks after it.
 */
export function hasLeft(
  { issue, left }: Pick<ScannedIssue, 'issue' | 'left'>,
  { comments, labelEvents, systemNotes }: Activity,
  bot: NoteOwner,
  { labels, select, okrs }: Pick<PolicySettings, 'labels' | 'select' | 'okrs'>,
): boolean {
  if (left === 'closed') return true;
  const isOurs = (user: User | null): boolean => isOwnUser(user, bot);
  const ours = namesOf([labels.needsAttention, labels.ok, labels.escalated, ...(labels.former ?? [])]);
  const chosen = namesOf([...select.labels, ...select.notLabels, ...(okrs?.labels ?? [])]);
  const setAt = latest([
    ...labelEvents
      .filter(({ user, action, label }) => isOurs(user) && action === 'add' && ours.has(lower(label)))
      .map(({ createdAt }) => createdAt),
    ...nudgesIn(comments, bot).map(({ updatedAt }) => updatedAt),
  ]);
  const leftAt = latest([
    ...labelEvents
      .filter(({ user, label }) => !isOurs(user) && chosen.has(lower(label)))
      .map(({ createdAt }) => createdAt),
    ...systemNotes
      .filter(({ body, author }) => !isOurs(author) && /title|milestone|confidential|visible/i.test(body))
      .map(({ createdAt }) => createdAt),
  ]);
  return issue.state === 'opened' && setAt !== null && leftAt !== null && leftAt > setAt;
}

/** The report of an issue that left; null: there was nothing to clear. */
export function leftReport(subject: SubjectReport, { left }: ScannedIssue): SubjectReport | null {
  if (subject.actions.length === 0 && subject.error === null) return null;
  const status = left === 'closed' ? 'closed' : 'skipped';
  return {
    ...subject,
    status: subject.error === null ? status : 'error',
    findings: [],
    skippedRules: [],
    restraint: null,
    record: null,
  };
}

const lower = (name: string | null | undefined): string => name?.toLowerCase() ?? '';

const namesOf = (names: readonly (string | null | undefined)[]): Set<string> =>
  new Set(names.flatMap((name) => (name == null ? [] : [name.toLowerCase()])));

function latest(instants: readonly string[]): number | null {
  return instants.length === 0 ? null : Math.max(...instants.map((instant) => Date.parse(instant)));
}
