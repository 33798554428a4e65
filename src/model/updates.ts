import type { StatusValue } from './document.ts';
import type { Timeline, UpdateEntry } from './timeline.ts';

/** The update that counts of each week, in the order of the weeks: of two in a week the later one. */
export function weeklySeries({ updates }: Pick<Timeline, 'updates'>): UpdateEntry[] {
  if (updates.length < 2) return [...updates];
  const byWeek = new Map<string, UpdateEntry>();
  // Oldest first, so that later ones win.
  for (const update of updates) byWeek.set(update.countsFor, update);
  return [...byWeek.values()].sort((a, b) => (a.countsFor < b.countsFor ? -1 : 1));
}

/** The update of the latest week; null: there is none yet. */
export function newestUpdate(timeline: Pick<Timeline, 'updates'>): UpdateEntry | null {
  return weeklySeries(timeline).at(-1) ?? null;
}

/** The newest update that says more than that nothing changed: what is claimed now. */
export function newestClaim({ updates }: Pick<Timeline, 'updates'>): UpdateEntry | null {
  return newestUpdate({ updates: updates.filter(({ isNoChange }) => !isNoChange) });
}

/** The percentage an update claims; null where it says none, or says it with doubt ("45%?"): that is held against no one. */
export const surePercent = ({ document, percent }: UpdateEntry): number | null =>
  document.kind === 'weekly-update' && document.percentComplete.certain === false ? null : percent;

/** The status an update claims; null where it says none, or says it with doubt ("on track?"). */
export const sureStatus = ({ document, status }: UpdateEntry): StatusValue | null =>
  document.status.certain === false ? null : status;
