import { type KrHygieneDocument, mainKind, type Place } from '../../model/document.ts';
import type { TextEdit } from '../../model/finding.ts';

/** Places of the fields that hold nothing but a placeholder; the field's own rule says what belongs there. */
export function placeholderPlaces(document: KrHygieneDocument): Place[] {
  const fields: Place[] = [];
  for (const value of Object.values(document) as unknown[]) {
    const field = value as { problem?: unknown; place?: Place | null } | null;
    if (field !== null && typeof field === 'object' && field.problem === 'placeholder' && field.place)
      fields.push(field.place);
  }
  if (document.kind === 'okr') return [...fields, ...document.dependencies.map(({ place }) => place)];
  if (document.kind !== mainKind) return fields;
  const link = document.okrLinkProblem === 'placeholder' ? document.okrLinkPlace : null;
  return [...fields, ...(link ? [link] : []), ...document.milestones.map(({ place }) => place)];
}

export function overlaps(a: Place, b: Place): boolean {
  return a.start.offset < b.end.offset && b.start.offset < a.end.offset;
}

/**
 * The edit that deletes the lines a text is on, or null when something else is there too.
 * A bullet and the mark-up around the text go with it; a check box does not.
 */
export function deletionOfLines(source: string, place: Place): TextEdit | null {
  const lineStart = source.lastIndexOf('\n', place.start.offset - 1) + 1;
  const newline = source.indexOf('\n', place.end.offset);
  const lineEnd = newline === -1 ? source.length : newline;
  const before = source.slice(lineStart, place.start.offset);
  const after = source.slice(place.end.offset, lineEnd);
  if (!/^[ \t]*(?:[-*+][ \t]+)?[`*_]*$/.test(before) || !/^[`*_]*[ \t\r]*$/.test(after)) return null;
  const end =
    newline === -1
      ? { line: place.end.line, column: place.end.column + after.length, offset: lineEnd }
      : { line: place.end.line + 1, column: 1, offset: newline + 1 };
  return { place: { start: { line: place.start.line, column: 1, offset: lineStart }, end }, text: '' };
}
