import type { QuarterRange } from '../../model/calendar.ts';
import { addDays, mondayOf } from '../../model/days.ts';
import type { RecordUpdate, SubjectRecord } from '../../model/record.ts';
import type { SubjectReport } from '../../model/report.ts';
import { standingOf } from '../../records/standing.ts';
import { contradictionsOf } from './contradictions.ts';
import { atEnd, dayAfter } from './final.ts';
import type { Kr, KrOutcome, Week } from './types.ts';
import { noteUrl, safeUrl, sourceUrl } from './urls.ts';

/** Longer texts are cut: a page holds a thousand of them. */
const longest = 300;

/** Foreign text on one line: no control or direction characters, no half surrogates, bounded. */
export function shown(text: string, max: number = longest): string {
  const flat = text
    .slice(0, max * 4)
    .replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cc}|\p{Surrogate}|(?![\u200c\u200d])\p{Cf}/gu, '')
    .trim();
  const points = Array.from(flat);
  return points.length > max ? `${points.slice(0, max - 1).join('')}…` : flat;
}

/** A day of the calendar as it is, anything else (`2026-02-31`, `9999-99-99`) as not known. */
export function dayOf(day: string | null): string | null {
  if (day === null || !/^(?:19[7-9]|2[01]\d)\d-\d{2}-\d{2}$/.test(day)) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : null;
}

const orNull = (text: string | null): string | null => (text === null ? null : shown(text) || null);

export interface KrContext {
  today: string;
  /** Null: the title names none. */
  quarter: QuarterRange | null;
  id: string;
  timeZone: string;
}

/** A KR as the pages show it. Not for confidential ones. */
export function publicKr(subject: SubjectReport, known: SubjectRecord, context: KrContext): Kr {
  const { quarter, timeZone } = context;
  const url = safeUrl(subject.url);
  const hasEnded = quarter !== null && quarter.end < context.today;
  const now = { record: known, state: subject.state ?? 'opened' };
  const { record, state } = hasEnded ? atEnd(now, { end: quarter.end, timeZone }) : now;
  const today = hasEnded ? dayAfter(quarter.end) : context.today;
  const tickUrl = tickUrls(record, url);
  const open = subject.findings.filter(({ waived }) => waived === undefined);
  return {
    id: context.id,
    ref: shown(subject.ref),
    url,
    name: nameOf(subject, record),
    number: record.number,
    reference: orNull(record.reference),
    objective: orNull(record.objective),
    okrUrl: safeUrl(record.okrUrl),
    state,
    assignees: record.assignees.map((name) => shown(name, 60)),
    dueDate: dayOf(record.dueDate),
    standing: standingOf(record, state, today),
    claim: claimOf(record, url),
    progress: record.progress,
    weeks: quarter === null ? [] : weeksOf(record.updates, quarter, { today: hasEnded ? null : today, url }),
    milestones: record.milestones.map(({ line: _line, ...milestone }) => ({
      ...milestone,
      url: tickUrl(milestone),
      label: orNull(milestone.label),
      description: shown(milestone.description),
      dueDate: dayOf(milestone.dueDate),
      doneOn: dayOf(milestone.doneOn),
      dris: milestone.dris.map((name) => shown(name, 60)),
    })),
    contradictions: state === 'closed' ? [] : contradictionsOf(record),
    openedOn: openedOn(record),
    outcome: hasEnded ? outcomeOf(record, state) : null,
    findings: open.map(({ rule, severity, message, noteId, since }) => ({
      rule: shown(rule),
      severity,
      message: shown(message),
      url: noteUrl(url, noteId ?? null) ?? url,
      since: dayOf(since ?? null),
    })),
    waived: subject.findings.flatMap(({ rule, waived }) => {
      if (waived === undefined) return [];
      const { by, until, because, noteId } = waived;
      const source = noteUrl(url, noteId);
      return [
        { rule: shown(rule), by: shown(by), until: dayOf(until), because: orNull(because), url: source },
      ];
    }),
    snoozed: snoozeOf(known, url),
    nextPing: pingOf(known),
  };
}

function openedOn({ createdAt }: SubjectRecord): string | null {
  return createdAt === undefined ? null : dayOf(createdAt.slice(0, 10));
}

/** Of so many ticks of a day each is compared with a milestone whose words GitLab did not keep as they are. */
const mostCompared = 100;

/** The system note in which GitLab wrote down that a milestone was done. */
function tickUrls(
  { timeline }: SubjectRecord,
  url: string | null,
): (milestone: SubjectRecord['milestones'][number]) => string | null {
  const byDay = new Map<string, { exact: Map<string, string>; latest: SubjectRecord['timeline'] }>();
  for (const entry of timeline) {
    if (entry.what !== 'milestone-done') continue;
    const day = byDay.get(entry.on) ?? { exact: new Map<string, string>(), latest: [] };
    day.exact.set(entry.detail, entry.source);
    day.latest.push(entry);
    byDay.set(entry.on, day);
  }
  for (const day of byDay.values()) day.latest = day.latest.slice(-mostCompared).reverse();
  return ({ description, doneOn }) => {
    const day = doneOn === null ? undefined : byDay.get(doneOn);
    const source =
      day?.exact.get(description) ?? day?.latest.find(({ detail }) => detail.includes(description))?.source;
    return source === undefined ? url : sourceUrl(url, source);
  };
}

/** Statement, else title; a text without anything to see is named by its reference. */
export function nameOf(subject: Pick<SubjectReport, 'title' | 'ref'>, record: SubjectRecord | null): string {
  return shown(record?.statement ?? '') || shown(subject.title) || shown(subject.ref) || 'untitled';
}

function claimOf({ status, progress, updates }: SubjectRecord, url: string | null): Kr['claim'] {
  if (status.claimed === null && status.noteId === null && progress.claimed === null) return null;
  const update = updates.find(({ noteId }) => noteId === status.noteId);
  return {
    status: status.claimed,
    percent: progress.claimed,
    week: dayOf(status.week),
    url: noteUrl(url, status.noteId) ?? safeUrl(update?.url),
  };
}

/** Each week of the quarter with what was said of it last. */
function weeksOf(
  updates: readonly RecordUpdate[],
  { start, end }: QuarterRange,
  { today, url }: { today: string | null; url: string | null },
): Week[] {
  const byWeek = new Map(updates.flatMap((update) => (update.week === null ? [] : [[update.week, update]])));
  // Null: the quarter has ended, and all its weeks are past.
  const thisWeek = today === null ? '9999' : mondayOf(today);
  const weeks: Week[] = [];
  // A week is of the quarter that holds its Thursday.
  for (let week = mondayOf(addDays(start, 3)); addDays(week, 3) <= end; week = addDays(week, 7)) {
    const update = byWeek.get(week);
    weeks.push({
      week,
      status: update?.status ?? null,
      percent: update?.percent ?? null,
      url: update === undefined ? null : (noteUrl(url, update.noteId) ?? safeUrl(update.url)),
      when: week < thisWeek ? 'past' : week === thisWeek ? 'current' : 'coming',
    });
  }
  return weeks;
}

/** What became of a KR of a quarter that has ended. */
function outcomeOf({ progress }: SubjectRecord, state: 'opened' | 'closed'): KrOutcome {
  if (progress.milestones === 100 || progress.claimed === 100) return 'done';
  if (state === 'opened') return 'carried-over';
  return (progress.milestones ?? 0) > 0 || (progress.claimed ?? 0) > 0 ? 'partly' : 'missed';
}

function pingOf({ nextPing }: SubjectRecord): Kr['nextPing'] {
  const on = dayOf(nextPing?.on ?? null);
  if (nextPing === null || on === null) return null;
  return { on, whom: nextPing.whom.map((name) => shown(name, 60)), because: shown(nextPing.because) };
}

function snoozeOf({ answers }: SubjectRecord, url: string | null): Kr['snoozed'] {
  const snooze = answers.findLast(({ command, inForce }) => command === 'snooze' && inForce);
  if (snooze === undefined) return null;
  const { by, until, because, noteId } = snooze;
  return { by: shown(by), until: dayOf(until), because: orNull(because), url: noteUrl(url, noteId) };
}
