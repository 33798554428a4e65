import { open } from 'node:fs/promises';
import { onNamedPath } from '../files/refusal.ts';
import { writeWhole } from '../files/write.ts';
import type { Finding, TextEdit } from '../model/finding.ts';
import type { SubjectReport } from '../model/report.ts';
import { applyEdits, withoutOverlaps } from '../model/text-edits.ts';
import { oneLine } from '../reporters/terminal.ts';
import { visible } from '../text/visible.ts';

/** A file, its text, and what was found in it. */
export interface CheckedFile {
  file: string;
  text: string;
  subject: SubjectReport;
}

/** One place of a file that can be fixed, in words for a person. */
interface Mending {
  edit: TextEdit;
  words: string;
}

/** The places of a file that can be fixed together, first one first. */
function fixesOf({ text, subject }: CheckedFile): Mending[] {
  const owners = new Map<TextEdit, Finding>();
  for (const finding of subject.findings) if (finding.edit !== null) owners.set(finding.edit, finding);
  return withoutOverlaps([...owners.keys()]).map((edit) => {
    const finding = owners.get(edit);
    const line = (finding?.place ?? edit.place).start.line;
    const before = excerpt(text.slice(edit.place.start.offset, edit.place.end.offset));
    const what = edit.text.trim() === '' ? `took out ${before}` : `wrote ${excerpt(edit.text)} for ${before}`;
    return { edit, words: `${visible(subject.ref)}:${line}: ${what} (${finding?.rule})` };
  });
}

/** What could be taken out, were the rest read the same without it. */
function leftIn({ text, subject }: CheckedFile): string[] {
  return subject.findings.flatMap(({ rule, place, unsafeEdit }) => {
    if (unsafeEdit === undefined) return [];
    const { start, end } = unsafeEdit.place;
    const before = excerpt(text.slice(start.offset, end.offset));
    const line = (place ?? unsafeEdit.place).start.line;
    return `left ${visible(subject.ref)}:${line}: ${before} (${rule}): without it the rest of the text would be read differently`;
  });
}

const EXCERPT = 60;

function excerpt(text: string): string {
  const characters = Array.from(oneLine(text));
  return `"${characters.length > EXCERPT ? `${characters.slice(0, EXCERPT - 1).join('')}…` : characters.join('')}"`;
}

/**
 * Carries out the edits of the findings, file by file, and says each of them; checks again what was changed.
 * @param check reads and evaluates a text again
 * @param say gets a line for each place
 * @throws UsageError when one of the files cannot be written: found out before the first is changed
 */
export async function mendFiles(
  files: readonly CheckedFile[],
  check: (text: string, file: string) => Promise<SubjectReport>,
  say: (line: string) => void,
): Promise<void> {
  const left = files.flatMap(leftIn);
  const planned = files.map((one) => ({ one, fixes: fixesOf(one) })).filter(({ fixes }) => fixes.length > 0);
  for (const { one } of planned) {
    await onNamedPath(one.file, null, async () => (await open(one.file, 'r+')).close());
  }
  for (const { one, fixes } of planned) {
    const edits = fixes.map(({ edit }) => edit);
    one.text = applyEdits(one.text, edits);
    await writeWhole(one.file, one.text);
    for (const { words } of fixes) say(`fixed ${words}`);
    one.subject = await check(one.text, one.file);
  }
  for (const words of left) say(words);
  if (planned.length === 0 && left.length === 0)
    say('nothing to fix: --fix only takes out instructions left over from a template');
}
