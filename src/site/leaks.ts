import type { SubjectReport } from '../model/report.ts';
import type { Report } from '../records/read-report.ts';
import { CONFIDENTIAL } from '../records/redact.ts';

/** Shorter words are those of any text. */
const shortest = 12;

export interface Secrets {
  /** The text with what is confidential replaced. */
  mask(text: string): string;
  /** What is confidential in the bytes of a file; null: nothing. */
  find(text: string): string | null;
}

/**
 * What must not be published: references, addresses and words of confidential subjects, unless a public subject says
 * the same words. A public text may name a confidential issue: there it is masked.
 */
export function secretsOf(report: Report): Secrets {
  const hidden = report.subjects.filter(({ confidential }) => confidential);
  if (hidden.length === 0) return { mask: (text) => text, find: () => null };
  const open = new Set(report.subjects.filter(({ confidential }) => !confidential).flatMap(wordsOf));
  const words = [...new Set(hidden.flatMap(wordsOf))].filter((text) => !open.has(text));
  const names = [...new Set(hidden.flatMap(({ ref, url }) => (url === null ? [ref] : [ref, url])))];
  // `#12` is not `#123`.
  const pattern = new RegExp(
    [...names.map((name) => `${escaped(name)}(?!\\d)`), ...words.map(escaped)].join('|'),
    'g',
  );
  const written = new RegExp(
    [...names.map((name) => `${formsOf(name)}(?!\\d)`), ...words.map(formsOf)].join('|'),
  );
  return {
    mask: (text) => text.replace(pattern, CONFIDENTIAL),
    find: (text) => written.exec(text)?.[0] ?? null,
  };
}

function wordsOf({ title, comment, record, findings }: SubjectReport): string[] {
  const texts: string[] = [title, comment ?? '', ...findings.map(({ message }) => message)];
  if (record != null && 'milestones' in record) {
    const { statement, objective, milestones } = record;
    texts.push(statement ?? '', objective ?? '', ...milestones.map(({ description }) => description));
  }
  return texts.map((text) => text.trim()).filter((text) => text.length >= shortest && text !== CONFIDENTIAL);
}

/** As it is, and as HTML, XML and JSON write it. */
function formsOf(text: string): string {
  const html = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  const json = JSON.stringify(text).slice(1, -1);
  return `(?:${[...new Set([text, html, json])].map(escaped).join('|')})`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
