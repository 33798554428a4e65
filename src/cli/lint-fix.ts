import { open } from 'node:fs/promises';
import { readRegular } from '../files/read.ts';
import { onNamedPath } from '../files/refusal.ts';
import { writeWhole } from '../files/write.ts';
import { UsageError } from '../model/errors.ts';
import type { Finding, TextEdit } from '../model/finding.ts';
import type { SubjectReport } from '../model/report.ts';
import { applyEdits, withoutOverlaps } from '../model/text-edits.ts';
import { oneLine } from '../reporters/terminal.ts';
import { quoted, visible } from '../text/visible.ts';
import { shortened } from '../text/words.ts';

/** A file, its text, and what was found in it. */
export interface CheckedFile {
  file: string;
  text: string;
  subject: SubjectReport;
}

/** One place of a file that can be fixed, in words for a person. */
interface PlannedFix {
  edit: TextEdit;
  words: string;
}

/** The places of a file that can be fixed together, first one first. */
function fixesOf({ text, subject }: CheckedFile): PlannedFix[] {
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

const excerpt = (text: string): string => `"${shortened(oneLine(text), 60)}"`;

/**
 * Carries out the edits of the findings, file by file, and says each of them; checks again what was changed.
 * @param check reads and evaluates a text again
 * @param say gets a line for each place
 * @returns false: a file was left as it is, which was said; the others are fixed
 * @throws UsageError when one of the files cannot be written: found out before the first is changed
 */
export async function fixFiles(
  files: readonly CheckedFile[],
  check: (text: string, file: string) => Promise<SubjectReport>,
  say: (line: string) => void,
): Promise<boolean> {
  const left = files.flatMap(leftIn);
  const planned = files.map((one) => ({ one, fixes: fixesOf(one) })).filter(({ fixes }) => fixes.length > 0);
  for (const { one } of planned) {
    await onNamedPath(one.file, null, async () => (await open(one.file, 'r+')).close());
  }
  let isWhole = true;
  for (const { one, fixes } of planned) {
    const edits = fixes.map(({ edit }) => edit);
    const fixed = applyEdits(one.text, edits);
    const refusal = await replaceText(one, fixed);
    if (refusal !== null) {
      say(refusal);
      isWhole = false;
      continue;
    }
    one.text = fixed;
    for (const { words } of fixes) say(`fixed ${words}`);
    one.subject = await check(one.text, one.file);
  }
  for (const words of left) say(words);
  if (planned.length === 0 && left.length === 0)
    say('nothing to fix: --fix only takes out instructions left over from a template');
  return isWhole;
}

/** Writes the file anew, if it still is what was read. @returns why it was left as it is; null: it is written */
async function replaceText({ file, text }: CheckedFile, fixed: string): Promise<string | null> {
  const now = await readRegular(file);
  // Bytes that are no UTF-8 were not read as what they are: writing would change them, far from what is fixed.
  if (!('bytes' in now) || !now.bytes.equals(Buffer.from(text)))
    return `${quoted(file)} was left as it is: it is not UTF-8, or was changed while it was checked.`;
  try {
    await writeWhole(file, fixed);
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
