import type { SubjectReport } from '../model/report.ts';
import type { Report } from '../records/read-report.ts';
import { CONFIDENTIAL } from '../records/redact.ts';
import { createFinder, shortest } from './finder.ts';

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
  const names = new Set(hidden.flatMap(({ ref, url }) => (url === null ? [ref] : [ref, url])));
  const inText = createFinder(words);
  const inFiles = createFinder(words.flatMap(formsOf));
  return {
    mask: (text) => inText.replaced(withoutNames(text, names)),
    find: (text) => nameIn(text, names) ?? inFiles.first(text),
  };
}

/** What may be a reference or the address of an issue: those of thousands of issues are looked up, not searched for. */
const nameLike = /https?:\/\/[\w.:/~%-]+|[\w./-]+#\d+/g;

/** The hidden name that a candidate holds, at its end (`other/sec/okrs#12`) or its beginning (`…/issues/12/designs`). */
function hiddenIn(candidate: string, names: ReadonlySet<string>): string | null {
  const isUrl = candidate.startsWith('http');
  let rest = candidate;
  while (rest !== '') {
    if (names.has(rest)) return rest;
    const cut = isUrl ? Math.max(rest.lastIndexOf('/'), rest.search(/[.:~%-]+$/)) : rest.indexOf('/');
    if (cut < 0) return null;
    rest = isUrl ? rest.slice(0, cut) : rest.slice(cut + 1);
  }
  return null;
}

function withoutNames(text: string, names: ReadonlySet<string>): string {
  return text.replace(nameLike, (candidate) => {
    const name = hiddenIn(candidate, names);
    return name === null ? candidate : candidate.replace(name, CONFIDENTIAL);
  });
}

function nameIn(text: string, names: ReadonlySet<string>): string | null {
  for (const [candidate] of text.matchAll(nameLike)) {
    const name = hiddenIn(candidate, names);
    if (name !== null) return name;
  }
  return null;
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
function formsOf(text: string): string[] {
  const html = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  return [...new Set([text, html, JSON.stringify(text).slice(1, -1)])];
}
