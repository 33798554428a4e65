import type { TextEdit } from './finding.ts';

/** Those that can be carried out together, first place first; of two that overlap the later-starting one is left out. */
export function withoutOverlaps(edits: readonly TextEdit[]): TextEdit[] {
  let from = 0;
  const kept: TextEdit[] = [];
  for (const edit of edits.toSorted((a, b) => a.place.start.offset - b.place.start.offset)) {
    if (edit.place.start.offset < from) continue;
    kept.push(edit);
    from = edit.place.end.offset;
  }
  return kept;
}

/** Carries out edits on a text, as far as they can be carried out together. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let fixed = '';
  let from = 0;
  for (const edit of withoutOverlaps(edits)) {
    fixed += text.slice(from, edit.place.start.offset) + edit.text;
    from = edit.place.end.offset;
  }
  return fixed + text.slice(from);
}
