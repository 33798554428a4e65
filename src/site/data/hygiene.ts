import { daysBetween } from '../../model/days.ts';
import { mainKind } from '../../model/document.ts';
import type { Severity } from '../../model/finding.ts';
import type { SubjectReport } from '../../model/report.ts';
import type { Report } from '../../records/read-report.ts';
import { dayOf, shown } from './kr.ts';
import type { Hygiene, Kr, KrLink } from './types.ts';
import { safeUrl } from './urls.ts';

/** A KR that may be shown, and what it was made from. */
export interface Known {
  kr: Kr;
  subject: SubjectReport;
  /** The folder of its board; null: it is on none. */
  board: string | null;
}

type Rule = Hygiene['rules'][number];

/** So many fixes are listed one by one: they are called the latest. */
const maxListed = 100;

const order: readonly Severity[] = ['error', 'warning', 'info'];

/** What the process owner looks at: of KRs that may be shown; of confidential ones numbers alone. */
export function hygieneOf(report: Report, known: readonly Known[]): Hygiene {
  const hidden = new Set(report.subjects.filter(({ confidential }) => confidential).map(({ ref }) => ref));
  const pings = (report.pings ?? []).filter(({ ref }) => ref !== report.digest?.ref);
  return {
    rules: rulesOf(known),
    sets: setsOf(report),
    fixes: fixesOf(known),
    next: nextOf(known, new Set(pings.filter(({ outcome }) => outcome !== 'applied').map(({ ref }) => ref))),
    accepted: known.flatMap(acceptedOf),
    pings: pingsOf(
      pings.filter(({ ref }) => !hidden.has(ref)),
      known,
    ),
    confidentialPings: pings.filter(({ ref }) => hidden.has(ref)).length,
    confidential: report.subjects.filter(
      ({ kind, confidential, status }) => kind === mainKind && confidential && status === 'findings',
    ).length,
  };
}

function linkOf({ kr, board }: Known): KrLink {
  return { id: kr.id, name: kr.name, board };
}

function rulesOf(known: readonly Known[]): Rule[] {
  const rules = new Map<string, Rule>();
  for (const one of known) {
    for (const { rule, severity, since, url } of one.kr.findings) {
      const key = `${severity} ${rule}`;
      const entry = rules.get(key) ?? { rule, severity, count: 0, oldest: null, krs: [] };
      entry.count += 1;
      if (since !== null && (entry.oldest === null || since < entry.oldest.since))
        entry.oldest = { ...linkOf(one), since, url };
      if (entry.krs.at(-1)?.id !== one.kr.id) entry.krs.push(linkOf(one));
      rules.set(key, entry);
    }
  }
  return [...rules.values()].sort(
    (a, b) =>
      order.indexOf(a.severity) - order.indexOf(b.severity) ||
      b.count - a.count ||
      (a.rule < b.rule ? -1 : 1),
  );
}

function setsOf({ setFindings, subjects }: Report): Hygiene['sets'] {
  const open = new Map(
    subjects.flatMap(({ ref, url, confidential }) => (confidential ? [] : [[ref, url] as const])),
  );
  return Array.from(setFindings, ({ rule, severity, message, refs }) => ({
    rule: shown(rule),
    severity,
    message: shown(message),
    krs: refs.map((ref) => ({ ref: shown(ref), url: safeUrl(open.get(ref)) })),
  }));
}

/** From what our comments remember: the day each point was told of, and the day it was gone. */
function fixesOf(known: readonly Known[]): Hygiene['fixes'] {
  const all = known.flatMap((one) =>
    (one.subject.reminder?.fixed ?? []).flatMap(({ rule, since, on }) => {
      const days = dayOf(since) === null || dayOf(on) === null ? -1 : daysBetween(since, on);
      return days < 0 ? [] : [{ ...linkOf(one), rule: shown(rule), since, on, days, url: one.kr.url }];
    }),
  );
  const lengths = all.map(({ days }) => days).sort((a, b) => a - b);
  const middle = lengths.length / 2;
  const median =
    lengths.length === 0
      ? null
      : ((lengths[Math.ceil(middle) - 1] ?? 0) + (lengths[Math.floor(middle)] ?? lengths[0] ?? 0)) / 2;
  return {
    count: all.length,
    median,
    longest: lengths.at(-1) ?? null,
    latest: all.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : b.days - a.days)).slice(0, maxListed),
  };
}

function pingsOf(pings: NonNullable<Report['pings']>, known: readonly Known[]): Hygiene['pings'] {
  const byRef = new Map(known.map(({ kr, subject }) => [subject.ref, kr]));
  return pings.map(({ ref, whom, on, because, outcome }) => {
    const kr = byRef.get(ref);
    return {
      ref: shown(ref),
      url: kr?.url ?? null,
      name: kr?.name ?? shown(ref),
      whom: whom.map((name) => shown(name, 60)),
      on: dayOf(on),
      because: shown(because),
      outcome,
    };
  });
}

/** @param now references of those about whom something was decided in this run */
function nextOf(known: readonly Known[], now: ReadonlySet<string>): Hygiene['next'] {
  return known
    .flatMap((one) => {
      const { nextPing, url } = one.kr;
      return nextPing === null || now.has(one.subject.ref) ? [] : [{ ...linkOf(one), url, ...nextPing }];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function acceptedOf(one: Known): Hygiene['accepted'] {
  const { waived, snoozed, url: krUrl } = one.kr;
  return [
    ...waived.map((waiver) => ({ ...linkOf(one), krUrl, ...waiver })),
    ...(snoozed === null || one.subject.state === 'closed'
      ? []
      : [{ ...linkOf(one), krUrl, rule: null, ...snoozed }]),
  ];
}
