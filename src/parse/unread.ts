import { kinds } from '../kinds/index.ts';
import { emptyField } from '../kinds/shapes.ts';
import type { DocumentKind, KrHygieneDocument, Unread } from '../model/document.ts';

/** The document of a text that was not read: every field missing, and why. */
export function unreadDocument(kind: DocumentKind, title: string, unread: Unread): KrHygieneDocument {
  const fields = Object.entries(kinds[kind].fields).map(([name, shape]) => emptyField[shape](name, title));
  return Object.assign({ kind }, ...fields, { leftovers: [], unread }) as KrHygieneDocument;
}
