import { monthNames } from '../../model/calendar.ts';
import type { StatusValue } from '../../model/document.ts';
import type { UpdateEntry } from '../../model/timeline.ts';
import { dayAndMonth } from './days.ts';
import { plain } from './words.ts';

/** `the week of 16 November`: what a message calls the week of an update. */
export function ofWeek({ countsFor }: UpdateEntry): string {
  return `the week of ${dayAndMonth(countsFor)}`;
}

const statusNames: Record<StatusValue, string> = {
  'on-track': 'On Track',
  'at-risk': 'At Risk',
  'off-track': 'Blocked',
};

/** What is claimed, in the writer's own words where they are short. */
export function claimed({ document, status }: UpdateEntry): string {
  const raw = plain(document.status.raw.replace(/:[a-z0-9_+-]+:|[\p{Extended_Pictographic}\uFE0F]/giu, ' '))
    .replace(/^[\s–—-]+/, '')
    .replace(/[“”]/g, '"');
  if (raw !== '' && raw.length <= 30) return raw;
  return status === null ? 'no status' : statusNames[status];
}

const months = [...monthNames, ...monthNames.map((name) => name.slice(0, 3)), 'sept'].join('|');
const monthWords = new RegExp(`\\b(?:${months})\\b`, 'gi');

/** The words of a text without dates, numbers, mark-up and blanks: what stays the same in a copied update. */
export function wordsAlone(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(monthWords, ' ')
    .replace(/\d+(?:st|nd|rd|th)?/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
