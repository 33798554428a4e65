import type { DocumentKind, DocumentOf, KrHygieneDocument } from './document.ts';

/** What is known besides the text itself. */
export interface ReadingContext {
  /** The title (KR) or the file's name; '' when unknown. */
  title: string;
  /** ISO 8601 instant; "Nov 16" of a weekly update is the nearest such day to it. */
  now: string;
  /** Groups that must not be taken for people, without `@`. */
  groups?: readonly string[];
  /** The text is not for everyone: a reader keeps nothing of it. */
  confidential?: boolean;
}

/** What can be told from a template about the texts that follow it. */
export interface TemplateFacts {
  kind: DocumentKind;
  /** What such a text is called in a sentence: `Key Result`, `Key Results`. */
  nouns: { one: string; many: string };
  /** Whether the template asks for this section or field: `okr-link`, `objective`, `milestones`, `due-date` … */
  has(id: string): boolean;
  /** The name the template gives it: `Ally OKR`, `Due Date`; the id itself when the template has none. */
  nameOf(id: string): string;
  /** The template's heading line for a section (`## Milestones`), or null. */
  headingOf(id: string): string | null;
  /** One milestone the way the template writes it, with its box; null fields get an example to be replaced. */
  milestoneLine(values: MilestoneValues): string;
  /** True when `text` is the template's own words, whatever its mark-up and case. */
  isTemplateText(text: string): boolean;
}

export interface MilestoneValues {
  /** Box and bullet come from it. */
  state: 'open' | 'done' | 'inapplicable';
  /** Null: what the template calls its first one, `Milestone 1`. */
  label: string | null;
  description: string | null;
  dueDate: string | null;
  /** Already with `@`. */
  dri: string | null;
}

/** Turns texts into documents. Never throws, whatever the text. */
export interface DocumentReader {
  read<K extends DocumentKind>(kind: K, text: string, context: ReadingContext): DocumentOf<K>;
  template(kind: DocumentKind): TemplateFacts;
}

/** A reader that may keep what it read before, or read in another thread with a deadline. */
export interface AsyncDocumentReader {
  read(kind: DocumentKind, text: string, context: ReadingContext): Promise<KrHygieneDocument>;
  template(kind: DocumentKind): TemplateFacts;
}
