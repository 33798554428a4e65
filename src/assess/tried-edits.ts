import type { KrHygieneDocument } from '../model/document.ts';
import type { Finding, TextEdit } from '../model/finding.ts';
import { applyEdits } from '../model/text-edits.ts';

/** So many readings at most for one text: beyond that what was not tried is left to the writer. */
const READINGS = 24;

/**
 * The findings, with their edits only where the text is read the same without what they take out: a line that ends a
 * broken table, or keeps two paragraphs apart, is left to its writer, and is named as `unsafeEdit`.
 * @param read reads a text as the document was read
 */
export async function withTriedEdits(
  findings: readonly Finding[],
  { document, source }: { document: KrHygieneDocument; source: string },
  read: (text: string) => Promise<KrHygieneDocument>,
): Promise<readonly Finding[]> {
  const edits = findings.flatMap(({ edit }) => (edit === null ? [] : [edit]));
  if (edits.length === 0) return findings;
  const before = gist(document);
  const isSafe = async (some: readonly TextEdit[]): Promise<boolean> =>
    gist(await read(applyEdits(source, some))) === before;
  if (await isSafe(edits)) return findings;
  const safe = await safeOnes(edits, isSafe);
  return findings.map((finding) =>
    finding.edit === null || safe.has(finding.edit)
      ? finding
      : { ...finding, edit: null, unsafeEdit: finding.edit },
  );
}

/** As many as can be made together: what was not possible alone may be once another one is made. */
async function safeOnes(
  edits: readonly TextEdit[],
  isSafe: (some: readonly TextEdit[]) => Promise<boolean>,
): Promise<Set<TextEdit>> {
  const safe = new Set<TextEdit>();
  let readings = 0;
  for (let found = true; found; ) {
    found = false;
    for (const edit of edits) {
      if (safe.has(edit) || readings >= READINGS) continue;
      readings += 1;
      if (!(await isSafe([...safe, edit]))) continue;
      safe.add(edit);
      found = true;
    }
  }
  return safe;
}

/** What is read, without where it is and without the words of texts, which may lose those of the template. */
function gist(document: KrHygieneDocument): string {
  return JSON.stringify({ ...document, leftovers: [] }, (key, value: unknown) =>
    /^(?:text|written|where|place)$|(?:Place|Text)$/.test(key) ? undefined : value,
  );
}
