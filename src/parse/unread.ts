import { kinds } from '../kinds/index.ts';
import { emptyField } from '../kinds/shapes.ts';
import type { DocumentKind, KrHygieneDocument, Unread } from '../model/document.ts';
import type { KindGrammar } from '../model/policy.ts';
import { readTitle } from './values/title.ts';
import { titleWordsOf } from './values/title-words.ts';

/** The document of a text that was not read: every field missing, and why. */
export function unreadDocument(
  kind: DocumentKind,
  grammar: Pick<KindGrammar, 'languages'>,
  title: string,
  unread: Unread,
): KrHygieneDocument {
  const read = () => readTitle(title, titleWordsOf(grammar));
  const fields = Object.entries(kinds[kind].fields).map(([name, shape]) => emptyField[shape](name, read));
  return Object.assign({ kind }, ...fields, { leftovers: [], unread }) as KrHygieneDocument;
}
