import type { TextEdit } from '../model/finding.ts';

/** Carries out edits on a text, last place first; of two that overlap the later-starting one is left out. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const inOrder = edits.toSorted((a, b) => a.place.start.offset - b.place.start.offset);
  let mended = '';
  let from = 0;
  for (const edit of inOrder) {
    if (edit.place.start.offset < from) continue;
    mended += text.slice(from, edit.place.start.offset) + edit.text;
    from = edit.place.end.offset;
  }
  return mended + text.slice(from);
}
