import { documentKinds, kinds } from '../kinds/index.ts';
import { toBlocks } from '../markdown/blocks.ts';
import { type Span, textOf } from '../markdown/rich-text.ts';
import { parseMarkdown } from '../markdown/syntax.ts';
import type { FiscalCalendar } from '../model/calendar.ts';
import type { DocumentKind, DocumentOf, KrHygieneDocument } from '../model/document.ts';
import type { Grammar } from '../model/policy.ts';
import type { DocumentReader, ReadingContext, TemplateFacts } from '../model/reader.ts';
import { type CompiledKind, compileKind } from './compile.ts';
import { readFrontMatter, withoutFrontMatter } from './front-matter.ts';
import { beyondLimits } from './limits.ts';
import { readName } from './names.ts';
import { withOrgHeadings } from './org-headings.ts';
import { toSections } from './outline.ts';
import { createPlacer } from './places.ts';
import { collectLeftovers, type Reading } from './reading.ts';
import { hasWord } from './signs.ts';
import { type HeadingSigns, withoutSwallowed } from './swallowed.ts';
import { templateFacts } from './template-facts.ts';
import { unreadDocument } from './unread.ts';

const byteOrderMark = '﻿';

export interface ReaderOptions {
  /** Read also what cannot be vouched for: only where something else sets a deadline. */
  unlimited?: boolean;
}

/**
 * A reader for all kinds of documents, after the given templates and vocabulary.
 * It never throws, whatever the text; what it cannot vouch for to read in linear time comes back `unread`.
 */
export function createReader(
  grammar: Grammar,
  calendar: FiscalCalendar,
  options: ReaderOptions = {},
): DocumentReader {
  const compiled = new Map<DocumentKind, CompiledKind>();
  const kindOf = (kind: DocumentKind): CompiledKind => {
    const known = compiled.get(kind) ?? compileKind(kinds[kind], grammar[kind], calendar);
    compiled.set(kind, known);
    return known;
  };
  for (const kind of documentKinds) if (Object.hasOwn(grammar, kind)) kindOf(kind);
  const facts = new Map<DocumentKind, TemplateFacts>();
  const factsOf = (kind: DocumentKind): TemplateFacts => {
    const known = facts.get(kind) ?? templateFacts(kindOf(kind));
    facts.set(kind, known);
    return known;
  };
  return {
    read: <K extends DocumentKind>(kind: K, text: string, context: ReadingContext) =>
      readSafely(kindOf(kind), text, context, options) as DocumentOf<K>,
    template: factsOf,
  };
}

function readSafely(
  kind: CompiledKind,
  text: string,
  context: ReadingContext,
  { unlimited = false }: ReaderOptions,
): KrHygieneDocument {
  const unread = unlimited ? null : beyondLimits(text);
  if (unread !== null) return unreadDocument(kind.kind, kind.grammar, context.title, unread);
  try {
    return readDocument(kind, text, context);
  } catch (error) {
    // A tree too deep for the stack, or an error of ours: one text must not hold up the others.
    const detail = `could not be read: ${error instanceof Error ? error.message : String(error)}`;
    return unreadDocument(kind.kind, kind.grammar, context.title, { reason: 'too-complex', detail });
  }
}

function readDocument(kind: CompiledKind, text: string, context: ReadingContext): KrHygieneDocument {
  const shift = text.startsWith(byteOrderMark) ? 1 : 0;
  const whole = text.slice(shift);
  const { lives, read } = kinds[kind.kind];
  const front = lives === 'page' ? readFrontMatter(whole) : null;
  const source = withoutFrontMatter(whole, front);
  const { blocks, comments } = toBlocks(
    parseMarkdown(withOrgHeadings(source)).children,
    source,
    kind.archived,
  );
  const reading: Reading = {
    kind,
    source,
    placer: createPlacer(text, shift),
    context,
    groups: new Set((context.groups ?? []).map((group) => group.toLowerCase())),
    sections: toSections(withoutSwallowed(blocks, signsOf(kind, source)), source.length, {
      names: kind.names,
      isItemName: (name) => kind.items.begins(name),
      itemSection: 'milestones',
      titleSection: 'week-of',
      columnRole: (name) => {
        const cue = kind.cues.within(name, ['now', 'actual', 'was', 'target']);
        return cue === null ? null : cue.id === 'now' || cue.id === 'actual' ? 'now' : 'other';
      },
      isNote: (name) => kind.cues.is(name, ['note']),
      isItemField: (line, ids) => beginsWithField(kind, line, ids),
    }),
    comments,
    leftovers: new Map(),
  };
  const fields = read(reading, front);
  // The fields are those of the kind: `defineKind` has checked that.
  return {
    kind: kind.kind,
    ...fields,
    leftovers: collectLeftovers(reading),
    unread: null,
  } as KrHygieneDocument;
}

const signsOf = (kind: CompiledKind, source: string): HeadingSigns => ({
  source,
  names: kind.names,
  isField: (line) =>
    readName(line, kind.names, false) === null &&
    (kind.labels.find(line).length > 0 || kind.columns.idOf(textOf(line)) !== null),
});

/** Whether a line begins with a date or people of an item: `DRI: @ann`. */
function beginsWithField(kind: CompiledKind, line: Span, ids: readonly string[]): boolean {
  const [first] = kind.labels.find(line);
  return (
    first !== undefined &&
    ids.includes(first.id) &&
    !hasWord(line.rich.text.slice(line.start, first.label.start))
  );
}
