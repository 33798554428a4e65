import { type KrDocument, type KrHygieneDocument, type KrMilestone, mainKind } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';

/** What there is to say of a text as a whole instead of point by point. */
export type Blank = 'blank-template' | 'empty-description' | null;

/** Whether a description is the template as it was pasted, or nothing at all. */
export function blankness(document: KrHygieneDocument, source: string): Blank {
  if (document.kind !== mainKind || document.unread !== null) return null;
  if (source.trim() === '') return 'empty-description';
  return document.leftovers.length > 0 && isUntouched(document) ? 'blank-template' : null;
}

function isUntouched({ okrLinkProblem, objective, milestones }: KrDocument): boolean {
  const linkless = okrLinkProblem === 'missing' || okrLinkProblem === 'placeholder';
  return linkless && objective.problem !== null && milestones.every(isBlank);
}

const blankDate: ReadonlySet<unknown> = new Set(['missing', 'placeholder']);

function isBlank({ descriptionProblem, dueDate, driProblem }: KrMilestone): boolean {
  return descriptionProblem !== null && blankDate.has(dueDate.problem) && blankDate.has(driProblem);
}

/** Findings that a blank text does not explain: those on the issue itself, its title, and its comments. */
export function beyondBlank(findings: readonly Finding[], blank: Blank): Finding[] {
  if (blank === null) return [...findings];
  return findings.filter(
    ({ subject, noteId, messageId }) =>
      noteId !== undefined ||
      subject.part === 'title' ||
      (subject.part === 'issue' && messageId !== 'missing-too'),
  );
}

/**
 * One finding per position: what a rule says of a field is not said again by one about the text as a whole (a
 * placeholder that was left in it).
 * @param all what may have said it; one that was accepted as it is has
 */
export function onePerPlace(findings: readonly Finding[], all: readonly Finding[] = findings): Finding[] {
  if (findings.every(({ subject }) => subject.part !== 'text')) return [...findings];
  const specific = all.filter(({ subject, severity }) => subject.part !== 'text' && severity !== 'info');
  return findings.filter((finding) => {
    if (finding.subject.part !== 'text' || finding.place === null) return true;
    const { start, end } = finding.place;
    return !specific.some(
      ({ place, noteId }) =>
        place !== null &&
        noteId === finding.noteId &&
        place.start.offset < end.offset &&
        start.offset < place.end.offset,
    );
  });
}
