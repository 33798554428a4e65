import { type QuarterRange, quarterName, quarterOf } from '../../model/calendar.ts';
import { dayIn } from '../../model/days.ts';
import { mainKind } from '../../model/document.ts';
import type { ReportCalendar, SubjectReport } from '../../model/report.ts';
import { whatIsMissing } from '../../records/incomplete.ts';
import { calendarOf, quarterAfter, quarterOfName } from '../../records/quarters.ts';
import type { Report } from '../../records/read-report.ts';
import { isWhole } from '../../records/record.ts';
import { changesOf } from './changes.ts';
import { withoutPresent } from './final.ts';
import { hygieneOf, type Known } from './hygiene.ts';
import { nameOf, publicKr, shown } from './kr.ts';
import { countsOf, objectivesOf } from './objectives.ts';
import type { Board, Change, Kr, SiteData } from './types.ts';
import { safeUrl } from './urls.ts';

/** Changes of a week that are listed one by one on a page. */
const maxMissing = 20;

interface Draft {
  range: QuarterRange;
  krs: Kr[];
  changes: Change[];
  confidential: number;
}

/**
 * What may be published of a report. Pure; `now` is the report's own time. Of a confidential subject only its quarter
 * is looked at.
 */
export function siteData(report: Report): SiteData {
  const calendar = calendarOf(report);
  const today = dayIn(report.generatedAt, calendar.timeZone);
  const now = quarterOf(today, calendar);
  const drafts = new Map<string, Draft>();
  const draft = (range: QuarterRange): Draft => {
    const name = quarterName(range);
    const known = drafts.get(name) ?? { range, krs: [], changes: [], confidential: 0 };
    drafts.set(name, known);
    return known;
  };
  draft(now);
  const previous = draft(quarterAfter(now, calendar, -1)).range;
  const unplaced: Kr[] = [];
  const known: Known[] = [];
  const failed: SiteData['failed'] = [];
  const ids = idMaker();
  let unplacedConfidential = 0;
  for (const subject of report.subjects) {
    if (subject.kind !== mainKind) continue;
    const range = rangeOf(subject, calendar);
    if (subject.confidential) {
      if (range === null) unplacedConfidential += 1;
      else draft(range).confidential += 1;
      continue;
    }
    const record = isWhole(subject.record) ? subject.record : null;
    if (record === null) {
      const error = subject.error ?? 'Nothing is known of it in this report.';
      const name = nameOf(subject, null);
      failed.push({ ref: shown(subject.ref), url: safeUrl(subject.url), name, error: shown(error) });
      continue;
    }
    const kr = publicKr(subject, record, {
      today,
      quarter: range,
      id: ids(subject.ref),
      timeZone: calendar.timeZone,
    });
    known.push({ kr, subject, board: range === null ? null : quarterName(range).toLowerCase() });
    if (range === null) unplaced.push(kr);
    else {
      const board = draft(range);
      board.krs.push(range.end < today ? withoutPresent(kr) : kr);
      for (const change of changesOf(kr, record, today)) board.changes.push(change);
    }
  }
  const boards = [...drafts.values()].map((one) => boardOf(one, today));
  boards.sort((a, b) => (a.start < b.start ? 1 : -1));
  const missing = whatIsMissing(report).map((text) => shown(text));
  return {
    version: 1,
    generatedAt: report.generatedAt,
    today,
    missing:
      missing.length > maxMissing
        ? [...missing.slice(0, maxMissing), `and ${missing.length - maxMissing} more`]
        : missing,
    current: quarterName(now),
    previous: quarterName(previous),
    next: quarterName(quarterAfter(now, calendar, 1)),
    quarters: boards,
    unplaced,
    unplacedConfidential,
    failed,
    hygiene: hygieneOf(report, known),
  };
}

function rangeOf({ record }: SubjectReport, calendar: ReportCalendar): QuarterRange | null {
  return record?.quarter == null ? null : quarterOfName(record.quarter, calendar);
}

/** Ids for anchors: of letters, digits and hyphens, each once. */
function idMaker(): (ref: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (ref) => {
    const slug = ref
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80);
    let id = `kr-${slug}`;
    // From where the last one ended: a report may name one issue ten thousand times.
    let nth = counts.get(slug) ?? 1;
    while (taken.has(id)) {
      nth += 1;
      id = `kr-${slug}-${nth}`;
    }
    counts.set(slug, nth);
    taken.add(id);
    return id;
  };
}

function boardOf({ range, krs, changes, confidential }: Draft, today: string): Board {
  const name = quarterName(range);
  return {
    name,
    folder: name.toLowerCase(),
    start: range.start,
    end: range.end,
    phase: range.end < today ? 'ended' : range.start > today ? 'coming' : 'running',
    counts: countsOf(krs),
    confidential,
    progress: {
      claimed: mean(krs.map((kr) => kr.progress.claimed)),
      milestones: mean(krs.map((kr) => kr.progress.milestones)),
      expected: mean(krs.map((kr) => kr.progress.expected)),
    },
    objectives: objectivesOf(krs),
    changes: range.end < today ? [] : changes.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0)),
  };
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.round(known.reduce((sum, value) => sum + value, 0) / known.length);
}
