import { addDays } from '../../model/days.ts';
import type { SubjectRecord } from '../../model/record.ts';
import { standingOf } from '../../records/standing.ts';
import { shortDay } from '../view/format.ts';
import { standingWords } from '../view/parts.tsx';
import { dayOf, shown } from './kr.ts';
import type { Change, Kr } from './types.ts';
import { noteUrl, sourceUrl } from './urls.ts';

type Entry = SubjectRecord['timeline'][number];

/** A change before it is said of which KR. */
type Happening = Omit<Change, 'kr' | 'name'>;

/** What changed with one KR in the seven days before `today`, newest first. From its past, not from an earlier page. */
export function changesOf(kr: Kr, record: SubjectRecord, today: string): Change[] {
  const since = addDays(today, -7);
  const events = record.timeline.flatMap((entry): Happening[] => {
    if (dayOf(entry.on) === null || entry.on < since || entry.on > today) return [];
    const said = eventWords(entry);
    if (said === null) return [];
    const url = sourceUrl(kr.url, entry.source);
    return [{ ...said, on: entry.on, by: entry.by == null ? null : shown(entry.by, 60), url }];
  });
  return [
    ...opened(kr, since, today),
    ...statusChange(kr, record, since),
    ...silence(kr, record, today),
    ...events,
  ]
    .map(({ what, ...rest }) => ({ what, kr: kr.id, name: kr.name, ...rest }))
    .sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
}

function opened({ openedOn, url }: Kr, since: string, today: string): Happening[] {
  if (openedOn === null || openedOn < since || openedOn > today) return [];
  return [{ what: 'new', on: openedOn, text: 'opened', by: null, url }];
}

function eventWords({ what, detail, from, to }: Entry): Pick<Change, 'what' | 'text'> | null {
  if (what === 'due-date-moved')
    return {
      what: 'date',
      text: `due ${dayWords(to)}${from === undefined ? '; the date before is not known' : `, was ${dayWords(from)}`}`,
    };
  if (what === 'assignees-changed') return { what: 'people', text: shown(detail) || 'assignees changed' };
  if (what === 'closed' || what === 'reopened') return { what, text: what };
  if (what === 'milestone-done' || what === 'milestone-reopened') {
    return { what, text: shown(detail) || what.replace('-', ' ') };
  }
  return null;
}

function dayWords(day: string | null | undefined): string {
  return day == null ? 'without a date' : shortDay(day);
}

/** The status of the newest update, where it came in these days and differs from the one before. */
function statusChange(kr: Kr, { updates }: SubjectRecord, since: string): Happening[] {
  const told = updates.filter(({ status }) => status !== null);
  const [before, now] = told.slice(-2);
  if (before?.status == null || now?.status == null || before.status === now.status) return [];
  const on = dayOf(now.createdAt.slice(0, 10));
  if (on === null || on < since) return [];
  const text = `${standingWords[now.status]}, was ${standingWords[before.status]}`;
  return [{ what: 'status', on, text, by: shown(now.author, 60), url: noteUrl(kr.url, now.noteId) }];
}

/** Silent today, and not yet a week ago. */
function silence(kr: Kr, record: SubjectRecord, today: string): Happening[] {
  const before = standingOf(record, kr.state, addDays(today, -7));
  if (kr.standing !== 'silent' || before === 'silent') return [];
  const text = `not reported since the week of ${dayWords(record.status.week)}`;
  return [{ what: 'silent', on: today, text, by: null, url: kr.claim?.url ?? kr.url }];
}
