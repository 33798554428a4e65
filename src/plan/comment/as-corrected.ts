import { type KrHygieneDocument, type KrMilestone, milestonesOf } from '../../model/document.ts';
import { type Finding, findingKey } from '../../model/finding.ts';
import type { CorrectedField, Correction } from './corrections.ts';

/** A text as it was read, with what was found in it. */
export interface Reading {
  document: KrHygieneDocument;
  findings: readonly Finding[];
}

/**
 * Whether a text with the corrected lines in it is read as they are meant: the fields hold what was put in, all else is
 * read as before, and nothing new is found.
 */
export function isAsCorrected(before: Reading, after: Reading, { index, values }: Correction): boolean {
  const then = milestonesOf(before.document);
  const now = milestonesOf(after.document);
  const [old, corrected] = [then[index], now[index]];
  if (old === undefined || corrected === undefined || then.length !== now.length) return false;
  const isSame = (one: unknown, other: unknown): boolean => gist(one) === gist(other);
  return (
    isSame(aroundIt(before.document, index), aroundIt(after.document, index)) &&
    old.state === corrected.state &&
    [...values].every(([field, value]) => holds(corrected, field, value)) &&
    (values.has('description') || old.description === corrected.description) &&
    (values.has('due-date') || old.dueDate.date === corrected.dueDate.date) &&
    (values.has('dri') || old.dris.join() === corrected.dris.join()) &&
    news(before.findings, after.findings).every((finding) => isAskedFor(finding, index))
  );
}

function aroundIt(document: KrHygieneDocument, index: number): unknown {
  const milestones = milestonesOf(document).filter((_, at) => at !== index);
  return { ...document, leftovers: [], milestones };
}

/** What is read, without where it is and how certain that is: where doubt matters it is a finding. */
function gist(read: unknown): string {
  return JSON.stringify(read, (key, value: unknown) =>
    /^(?:written|where|place|certain)$|Place$/.test(key) ? undefined : value,
  );
}

function holds(
  { dueDate, dris, driProblem, description, descriptionProblem }: KrMilestone,
  field: CorrectedField,
  value: string | null,
): boolean {
  const [read, problem] = {
    'due-date': [dueDate.date, dueDate.problem],
    dri: [dris.map((name) => `@${name}`).join(', '), driProblem],
    description: [description, descriptionProblem],
  }[field];
  return value === null ? problem === 'placeholder' : read === value;
}

/** Those that were not there before; one that merely says it in other words is not new. */
function news(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const about = (finding: Finding): string => findingKey({ ...finding, messageId: '' });
  const left = before.map(about);
  return after.filter((finding) => {
    const at = left.indexOf(about(finding));
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

/** What is said of our own placeholder while it is left. */
function isAskedFor({ subject, messageId }: Finding, index: number): boolean {
  return subject.part === 'milestone' && subject.index === index && /^placeholders?$/.test(messageId);
}
