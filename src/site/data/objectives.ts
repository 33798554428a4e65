import { groupBy } from '../../model/groups.ts';
import { type Standing, standings } from '../../records/standing.ts';
import type { Kr, Objective } from './types.ts';

/** How weak a standing is: the weakest first, what is closed last. */
const weakness: readonly Standing[] = ['off-track', 'at-risk', 'silent', 'on-track', 'closed'];

/**
 * KRs grouped by the OKR they name: by its reference, else by its link. The standing of a group is that of its weakest
 * KR. Weakest groups come first; KRs of a group by number.
 */
export function objectivesOf(krs: readonly Kr[]): Objective[] {
  const groups = groupBy(krs, ({ reference, okrUrl }) => reference?.toLowerCase() ?? okrUrl ?? '');
  const byNumber = (a: Kr, b: Kr): number => (a.number ?? 1e9) - (b.number ?? 1e9) || compare(a.ref, b.ref);
  return [...groups]
    .map(([key, group]) => ({ key, sorted: group.toSorted(byNumber) }))
    .map(({ key, sorted }) => objective(key, sorted))
    .sort((a, b) => rank(a.standing) - rank(b.standing) || compare(a.title, b.title))
    .map((one, index) => ({ ...one, id: `objective-${index + 1}` }));
}

function objective(key: string, krs: Kr[]): Objective {
  const weakest = krs.reduce((worst, kr) => (rank(kr.standing) < rank(worst.standing) ? kr : worst));
  const title =
    krs.find(({ reference }) => reference !== null)?.reference ??
    krs.find(({ objective: text }) => text !== null)?.objective ??
    (key === '' ? 'Without an OKR' : key);
  return {
    id: '',
    title,
    okrUrl: krs.find(({ okrUrl }) => okrUrl !== null)?.okrUrl ?? null,
    standing: weakest.standing,
    weakest: weakest.id,
    krs,
  };
}

function rank(standing: Standing): number {
  return weakness.indexOf(standing);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How many KRs of each standing. */
export function countsOf(krs: readonly Kr[]): Record<Standing, number> {
  const counts = Object.fromEntries(standings.map((standing) => [standing, 0])) as Record<Standing, number>;
  for (const { standing } of krs) counts[standing] += 1;
  return counts;
}
