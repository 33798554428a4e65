import type { Block } from '../markdown/block.ts';
import { toBlocks } from '../markdown/blocks.ts';
import { parseMarkdown } from '../markdown/syntax.ts';
import type { FiscalCalendar } from '../model/calendar.ts';
import type { DocumentKind } from '../model/document.ts';
import type { KindGrammar } from '../model/policy.ts';
import { type Cues, compileCues } from './cues.ts';
import { readFrontMatter, withoutFrontMatter } from './front-matter.ts';
import { compileItemNames, type ItemNames } from './item-names.ts';
import { compileLabels, type Labels } from './labels.ts';
import { type Lexicon, lexiconOf } from './lexicon.ts';
import { compileNames, type Names } from './names.ts';
import { toSections } from './outline.ts';
import { wordPattern } from './pattern.ts';
import {
  commentWords,
  compilePhrases,
  compilePlaceholders,
  normalPhrase,
  type Phrases,
  type Placeholders,
} from './phrases.ts';
import type { Section } from './section.ts';
import { hasDigit } from './signs.ts';
import { templateTexts } from './template-texts.ts';
import { compileDateWords, type DateWords } from './values/date-words.ts';
import { compileRecordPages, type RecordPages } from './values/links.ts';
import { withPercentSigns } from './values/percent.ts';
import { compileStates, type States } from './values/states.ts';
import { compileStatuses, type Statuses } from './values/status.ts';

/** What compiling needs of a kind (see `Kind`). */
export interface KindWords {
  id: DocumentKind;
  nouns: { one: string; many: string };
  fieldsAreSections: boolean;
  lives: 'issue' | 'comment' | 'page';
  /** Shapes by name. */
  fields: Readonly<Record<string, string>>;
}

/** A template and its vocabulary, made ready for reading. */
export interface CompiledKind {
  kind: DocumentKind;
  nouns: { one: string; many: string };
  grammar: KindGrammar;
  calendar: FiscalCalendar;
  /** Sections, and fields that are on lines of their own. */
  names: Names;
  /** Fields only: the columns of a table. */
  columns: Names;
  labels: Labels;
  items: ItemNames;
  phrases: Phrases;
  placeholders: Placeholders;
  records: RecordPages;
  archived: RegExp | null;
  dates: DateWords;
  cues: Cues;
  states: States;
  statuses: Statuses;
  /** Words that announce a week's date (`week of`), and titles that may hold one (`Weekly update`). */
  week: { announced: RegExp; title: RegExp };
  template: { blocks: Block[]; sections: Section[] };
  /** The template's comments, as phrases: they are meant to stay. */
  templateComments: ReadonlySet<string>;
}

/** A policy is looked over before its texts are read: what was compiled for one is there for the other. */
const compiled = new WeakMap<KindGrammar, Map<FiscalCalendar, CompiledKind>>();

/** A kind's template and words as reading needs them; the same grammar is compiled once. */
export function compileKind(kind: KindWords, grammar: KindGrammar, calendar: FiscalCalendar): CompiledKind {
  const known = compiled.get(grammar) ?? new Map<FiscalCalendar, CompiledKind>();
  compiled.set(grammar, known);
  const result = known.get(calendar) ?? compile(kind, grammar, calendar);
  known.set(calendar, result);
  return result;
}

/** @param fieldsAreSections as the kind says: see `Kind` */
function compile(
  { id: kind, nouns, fieldsAreSections, lives, fields }: KindWords,
  grammar: KindGrammar,
  calendar: FiscalCalendar,
): CompiledKind {
  const lexicon = lexiconOf(grammar);
  const small = { ...lexicon.dateWords, ...lexicon.around };
  const cues = compileCues(small);
  const dates = compileDateWords(lexicon.months, lexicon.locales, lexicon.dates);
  const archived = lexicon.archived.length === 0 ? null : wordPattern(lexicon.archived, 'iu');
  const named = fieldsAreSections ? { ...lexicon.sections, ...lexicon.fields } : lexicon.sections;
  const names = compileNames(named, small);
  const statuses = compileStatuses(lexicon.statuses, cues);
  const labels = compileLabels(
    lexicon.fields,
    lexicon.columns,
    looksLike(dates, statuses, lexicon.placeholders, cues),
    cues,
  );
  // What GitHub and GitLab keep at the head of a template (`name`, `labels`) is not part of the texts made from it. A
  // page has front matter of its own, whose title is to be replaced.
  const front = lives === 'comment' ? null : readFrontMatter(grammar.template);
  const template = withoutFrontMatter(grammar.template, front);
  const { blocks, comments } = toBlocks(parseMarkdown(template).children, template, archived);
  const word = itemWord(blocks) ?? 'Milestone';
  const items = compileItemNames(word, Object.values(fields).includes('milestones') ? lexicon.around : {});
  const sections = toSections(blocks, grammar.template.length, {
    names,
    isItemName: (text) => items.begins(text),
    itemSection: 'milestones',
  });
  const { texts, beginnings } = templateTexts(sections, labels, items);
  if (lives === 'page' && front?.title) texts.push(front.title.text);
  const phrases = compilePhrases(texts, beginnings, grammar.vocabulary.leftovers ?? []);
  return {
    kind,
    nouns,
    grammar,
    calendar,
    names,
    columns: compileNames(lexicon.columns, small),
    labels,
    items,
    phrases,
    placeholders: compilePlaceholders(lexicon.placeholders, phrases, cues),
    records: compileRecordPages(grammar.okrLinks),
    archived,
    dates,
    cues,
    states: compileStates(lexicon.states, cues),
    statuses,
    week: weekPatterns(lexicon),
    template: { blocks, sections },
    templateComments: new Set(
      comments.map(({ start, end }) => normalPhrase(commentWords(template.slice(start, end)))),
    ),
  };
}

/** Words that announce a week's date, and titles that may hold one. */
function weekPatterns({ sections, around }: Lexicon): CompiledKind['week'] {
  const source = (all: readonly string[] = []): RegExp =>
    wordPattern(
      all.filter((name) => !name.includes('*')),
      'giu',
    );
  return { announced: source(around['week-of']), title: source(sections['week-of']) };
}

/** What the template calls the items of its list: the word before a number in the first one. */
function itemWord(blocks: readonly Block[]): string | null {
  for (const block of blocks) {
    if (block.type !== 'list') continue;
    for (const item of block.items) {
      const first = item.blocks[0];
      const line = first?.type === 'text' ? first.lines[0] : undefined;
      const text = line === undefined ? '' : line.rich.text.slice(line.start, line.end);
      const word = /^(\p{L}[\p{L} ]{0,30}?)\s*#?\d{1,3}\b/u.exec(text)?.[1];
      if (word !== undefined) return word;
    }
  }
  return null;
}

/** What a value of each field looks like, for labels without a colon. */
function looksLike(
  dates: DateWords,
  statuses: Statuses,
  placeholders: readonly string[],
  cues: Cues,
): (id: string, text: string) => boolean {
  const open = new Set(placeholders.map((word) => word.toLowerCase()));
  return (id, text) => {
    const value = text.replace(/^[\s*_`~(<[]+/, '');
    const word = /^[\p{L}?]+/u.exec(value)?.[0].toLowerCase() ?? '';
    const isOpen = open.has(word) || /^(?:add here|￼)/.test(value);
    if (id === 'dri' || id === 'stakeholders') return value.startsWith('@') || isOpen;
    if (id === 'status')
      return statuses.isStatus(word) || statuses.read(text.split('\n')[0] ?? '').problem !== 'unknown';
    if (id === 'percent-complete')
      return /^[~\s]*(?:\d{1,3}(?:[.,]\d+)?|x{1,2})\s*%/i.test(withPercentSigns(value, cues));
    if (id !== 'due-date' && id !== 'start-date') return false;
    if (/^\d{4}[-/.]\d|^\d{1,2}(?:st|nd|rd|th)?[\s./-]/.test(value) && !/^\d+\/\d+\s+\p{L}/u.test(value)) {
      return (
        !/^\d{1,2}\s+\p{Ll}/u.test(value) || dates.month(/\p{L}+/u.exec(value)?.[0].toLowerCase() ?? '') > 0
      );
    }
    return (
      isOpen ||
      (dates.month(word) > 0 && (id === 'due-date' || hasDigit(value))) ||
      dates.weekday(word) > 0 ||
      cues.behind(value, ['vague-time']) !== null
    );
  };
}
