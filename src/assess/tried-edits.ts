import type { KrHygieneDocument } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import { applyEdits } from '../model/text-edits.ts';

/**
 * The findings, with their edits only where the text is read the same without what they take out: a line that ends a
 * broken table, or keeps two paragraphs apart, is left to its writer.
 * @param read reads a text as the document was read
 */
export async function withTriedEdits(
  findings: readonly Finding[],
  { document, source }: { document: KrHygieneDocument; source: string },
  read: (text: string) => Promise<KrHygieneDocument>,
): Promise<readonly Finding[]> {
  const edits = findings.flatMap(({ edit }) => (edit === null ? [] : [edit]));
  if (edits.length === 0) return findings;
  const after = await read(applyEdits(source, edits));
  return gist(after) === gist(document) ? findings : findings.map((one) => ({ ...one, edit: null }));
}

/** What is read, without where it is and without the words of texts, which may lose those of the template. */
function gist(document: KrHygieneDocument): string {
  return JSON.stringify({ ...document, leftovers: [] }, (key, value: unknown) =>
    /^(?:text|written|where|place)$|(?:Place|Text)$/.test(key) ? undefined : value,
  );
}
