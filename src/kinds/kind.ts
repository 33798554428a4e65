import type { DocumentKind, DocumentOf } from '../model/document.ts';
import type { FrontMatter } from '../parse/front-matter.ts';
import type { Reading } from '../parse/reading.ts';

/** What a field of a document holds. What each of them is when nothing was read is in `shapes.ts`. */
export type FieldShape =
  | 'kr-title'
  | 'okr-link'
  | 'text'
  | 'list'
  | 'status'
  | 'percent'
  | 'date'
  | 'milestones'
  | 'dependencies'
  | 'epics'
  | 'sections'
  | 'links';

/** What reading leaves to the caller: it is the same for every kind. */
export type FieldsOf<K extends DocumentKind> = Omit<DocumentOf<K>, 'kind' | 'leftovers' | 'unread'>;

/** One kind of document as data, with a reading of its own. A kind is one folder and one line in `index.ts`. */
export interface Kind<K extends DocumentKind = DocumentKind> {
  /** Also the name of its rule file and its template: `kr` → `kr.yml`, `templates/kr.md`. */
  id: K;
  /** As they are used in a sentence: `Key Result`, `Key Results`. */
  nouns: { one: string; many: string };
  /** Where such a text lives. A page's title is in its front matter, which only its own reading understands. */
  lives: 'issue' | 'comment' | 'page';
  /** What comments on it are read as; null: they are not. */
  comments: 'weekly-update' | 'check-in' | null;
  /** What custom rules call it, and its type there. */
  variable: { name: string; type: string };
  /** Its fields by name, in the order of the document. */
  fields: Record<string, FieldShape>;
  /** Its fields are on lines of their own, like sections (`Status: …`), not within items. */
  fieldsAreSections: boolean;
  /** What the reading depends on besides the text. */
  dependsOn: { title: boolean; day: boolean };
  /** @param front the page's front matter; null where there is none, or the text is not a page */
  read(this: void, reading: Reading, front: FrontMatter | null): FieldsOf<K>;
}

/** Defines one kind; the reading is typed by the document it makes. */
export const defineKind = <K extends DocumentKind>(kind: Kind<K>): Kind<K> => kind;
