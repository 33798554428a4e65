import { monthNames } from '../model/calendar.ts';
import { promotedTo } from '../model/plan-folder.ts';

/** What a system note says happened. Values are as GitLab wrote them, escapes undone. */
export type Change =
  | { what: 'tick'; text: string; done: boolean }
  /** `null`: the date was removed. */
  | { what: 'due-date'; to: string | null }
  | { what: 'assignees'; added: string[]; removed: string[] }
  | { what: 'title'; from: string; to: string }
  | { what: 'confidentiality'; confidential: boolean }
  | { what: 'promoted'; to: string }
  | { what: 'state'; state: 'closed' | 'reopened' };

/** Longer notes are not GitLab's wording of anything that is followed here. */
const limit = 20_000;

/**
 * What one system note says; null for everything that is not followed or not understood. The wording is English
 * whatever the language of the people, and differs by release, so it is read tolerantly.
 */
export function readSystemNote(body: string): Change | null {
  const text = body.trim();
  if (text.length > limit) return null;
  return (
    tick(text) ??
    dueDate(text) ??
    assignees(text) ??
    title(text) ??
    confidentiality(text) ??
    promotion(text) ??
    state(text)
  );
}

/** `marked the checklist item **TEXT** as completed`; older servers say `the task`. */
function tick(text: string): Change | null {
  const opening = /^marked the (?:checklist item|task(?: list item)?) \*\*/i.exec(text);
  const closing = /\*\* as (completed|incomplete)\.?$/i.exec(text);
  if (opening === null || closing === null || closing.index < opening[0].length) return null;
  return {
    what: 'tick',
    text: unescaped(text.slice(opening[0].length, closing.index)),
    done: closing[1]?.toLowerCase() === 'completed',
  };
}

function dueDate(text: string): Change | null {
  if (!/^(?:changed|removed|set|added) /i.test(text)) return null;
  if (/\bremoved (?:the )?(?:start (?:date )?and )?due date\b/i.test(text))
    return { what: 'due-date', to: null };
  const found = /\bdue date (?:from [^.]{1,60}? )?to \**([^*\n]{4,40})/i.exec(text)?.[1];
  const to = found === undefined ? null : dayInWords(found);
  return to === null ? null : { what: 'due-date', to };
}

/** `September 20, 2018`, `Sep 20, 2018`, `20 September 2018`, `2018-09-20`; null when it is not one of these. */
function dayInWords(text: string): string | null {
  const iso = /^\s*(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (iso !== null) return validDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const american = /^\s*([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4})/.exec(text);
  if (american !== null) return validDay(Number(american[3]), monthNumber(american[1]), Number(american[2]));
  const british = /^\s*(\d{1,2}) ([A-Za-z]{3,9})\.? (\d{4})/.exec(text);
  if (british !== null) return validDay(Number(british[3]), monthNumber(british[2]), Number(british[1]));
  return null;
}

function monthNumber(word = ''): number {
  const lower = word.toLowerCase();
  return monthNames.findIndex((name) => name === lower || name.slice(0, 3) === lower.slice(0, 3)) + 1;
}

function validDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (month < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

/** `assigned to @a and @b and unassigned @c` */
function assignees(text: string): Change | null {
  if (!/^(?:assigned to|unassigned) @/i.test(text)) return null;
  const added: string[] = [];
  const removed: string[] = [];
  let into = added;
  for (const [, verb, name] of text.matchAll(/\b(assigned to|unassigned)\b|@([\w.-]{1,255})/gi)) {
    if (verb !== undefined) into = verb.toLowerCase() === 'unassigned' ? removed : added;
    else if (name !== undefined) into.push(name.replace(/[.-]+$/, ''));
  }
  return { what: 'assignees', added, removed };
}

/** `changed title from **{-old-} rest** to **{+new+} rest**` */
function title(text: string): Change | null {
  const opening = /^changed (?:the )?title from \*\*/i.exec(text);
  if (opening === null || !text.endsWith('**')) return null;
  const inner = text.slice(opening[0].length, -2);
  const cut = inner.indexOf('** to **');
  if (cut === -1) return null;
  return {
    what: 'title',
    from: unescaped(withoutMarks(inner.slice(0, cut))),
    to: unescaped(withoutMarks(inner.slice(cut + '** to **'.length))),
  };
}

const withoutMarks = (text: string): string => text.replace(/\{[+-]|[+-]\}/g, '');

function confidentiality(text: string): Change | null {
  const found = /^made (?:the|this) [a-z ]{1,30} (confidential|visible to everyone)\b/i.exec(text)?.[1];
  return found === undefined ? null : { what: 'confidentiality', confidential: /^c/i.test(found) };
}

/** `/promote` makes an epic of an issue and closes it. */
function promotion(text: string): Change | null {
  const to = promotedTo(text);
  return to === null ? null : { what: 'promoted', to };
}

/** Old servers wrote closings as notes; newer ones keep state events instead. */
function state(text: string): Change | null {
  if (/^closed(?: via\b.*)?$/i.test(text)) return { what: 'state', state: 'closed' };
  return /^reopened$/i.test(text) ? { what: 'state', state: 'reopened' } : null;
}

/** Back-slashes before punctuation are GitLab's escapes. */
function unescaped(text: string): string {
  return text.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
