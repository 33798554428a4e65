import type { z } from 'zod';
import { type DocumentKind, type DocumentOf, type KrHygieneDocument, type Place } from '../model/document.ts';
import type { FieldId, FindingSubject, Proposal, Severity, TextEdit } from '../model/finding.ts';
import { type Listing, listingText } from '../model/listing.ts';
import { englishPhrases } from '../model/phrases.ts';
import type { IssueFacts, RuleContext, RuleFact, RuleReport } from '../model/rule.ts';

/** What a rule can say: a sentence about what is wrong and one about what to do; `{name}` is filled in. */
export interface MessageTexts {
  text: string;
  hint?: string;
  /** A question, not a finding: for the report only, whatever the severity of the rule. Left out: that of the rule. */
  severity?: 'info';
}

/** What a rule says in the words of a team, by message id, and how it writes its values. */
export interface RuleTexts {
  messages?: Readonly<Record<string, { text?: string | undefined; hint?: string | undefined }>>;
  localise?: (value: string | Listing) => string;
}

type Names<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** What a placeholder of a message takes. */
export type MessageValue = string | number | Listing;

/** The values that the placeholders of a message take; not allowed where it has none. */
export type DataOf<M extends MessageTexts> = Names<M['text']> | Names<M['hint']> extends never
  ? { data?: never }
  : { data: Record<Names<M['text']> | Names<M['hint']>, MessageValue> };

interface ReportDetails {
  place: Place | null;
  subject: FindingSubject;
  /** User names without `@`; left out: the overall DRI. */
  people?: string[];
  edit?: TextEdit | null;
  /** Left out: those of the rule. */
  fields?: readonly FieldId[];
  proposals?: readonly Proposal[];
  /** The comment it is about, when not the description. */
  noteId?: number;
}

/** Derived from the messages: a slip in the id of one, or in a placeholder, does not compile. */
export type ReportOf<M extends Record<string, MessageTexts>> = {
  [Id in keyof M & string]: { message: Id } & DataOf<M[Id]> & ReportDetails;
}[keyof M & string];

/** A comment of an example. */
export interface ExampleComment {
  /** `YYYY-MM-DD` */
  on: string;
  /** User name without `@`; left out: who opened the issue. */
  author?: string;
  text: readonly string[];
}

/** A case of a rule's documentation; each is run as a test. */
export interface RuleExample {
  /** What the example shows, as a short phrase. */
  shows: string;
  /** The issue's title; also what the document's title is read from. */
  title?: string;
  /** What else is known of the issue; sets are written as lists. */
  issue?: Omit<IssueFacts, 'title' | 'members' | 'inactive'> & {
    members?: readonly string[];
    inactive?: readonly string[];
  };
  /** ISO 8601 instant; 2026-11-23T09:00:00Z when left out. */
  now?: string;
  /** Options other than the defaults. */
  options?: Record<string, unknown>;
  /** Comments on the issue, oldest first; left out where the rule needs none. */
  comments?: readonly ExampleComment[];
  /** The text, line by line. */
  markdown: readonly string[];
  /** The ids of the messages reported, in order; empty: all is well. */
  reports: readonly string[];
}

/** What every rule says of itself, whether it is about one text, all KRs or a folder. */
export interface RuleHead<S extends z.ZodObject> {
  /** kebab-case; also the file name, the YAML key and the name of the test. */
  id: string;
  /** One sentence: what the rule asks for. */
  description: string;
  /** A short paragraph for the rule's page: why a team would want it. */
  why: string;
  /** A strict zod object; every field has a default and `.describe()`. */
  options: S;
  defaultSeverity: Severity;
}

export interface RuleDefinition<
  K extends DocumentKind,
  M extends Record<string, MessageTexts>,
  S extends z.ZodObject,
> extends RuleHead<S> {
  kind: K;
  messages: M;
  /** Facts of the issue without which the rule cannot evaluate. */
  needs?: readonly RuleFact[];
  /** The section or field of the template that the rule is about; a template without it is not asked for it. */
  asksFor?: string;
  /** The fields that its reports are about; left out: none in particular. */
  fields?: readonly FieldId[];
  /** True for a rule that also evaluates a document whose text was not read; such a document has no fields. */
  evenUnread?: boolean;
  /** True for a rule that the handbook does not ask for: off in our files, `defaultSeverity` where it is switched on. */
  offAtFirst?: boolean;
  /** True for a rule about closed issues. */
  aboutClosed?: boolean;
  /** Shown in the rule's documentation and run as tests. */
  examples?: readonly RuleExample[];
  check(
    this: void,
    document: DocumentOf<K>,
    options: z.output<S>,
    context: RuleContext,
  ): Iterable<ReportOf<M>>;
}

/** A rule with its types forgotten: what configuration and documentation work with. */
export interface Rule extends RuleHead<z.ZodObject> {
  /** The rule for several kinds that this is the form of for one of them; accepted wherever people name a rule. */
  family?: string;
  kind: DocumentKind;
  messages: Record<string, MessageTexts>;
  needs: readonly RuleFact[];
  examples: readonly RuleExample[];
  offAtFirst?: boolean;
  aboutClosed?: boolean;
  /** The section or field of the template without which the rule asks nothing; null: it does not depend on one. */
  asksFor: string | null;
  /** The fields that its reports are about. */
  fields: readonly FieldId[];
  /**
   * The rule with its options bound.
   * @param options as `options` parsed them
   * @param texts texts of the team's own; `{name}` is filled in there too
   */
  bind(
    options: unknown,
    texts?: RuleTexts,
  ): (document: KrHygieneDocument, context: RuleContext) => Iterable<RuleReport>;
}

/** Defines one rule; one rule a file, the file named after its id. */
export function defineRule<
  K extends DocumentKind,
  const M extends Record<string, MessageTexts>,
  S extends z.ZodObject,
>(definition: RuleDefinition<K, M, S>): Rule {
  const { check, needs = [], examples = [], asksFor = null, fields = [], ...meta } = definition;
  return {
    ...meta,
    needs,
    examples,
    asksFor,
    fields,
    bind(options, texts = {}) {
      const sentences = sentencesOf(meta.messages, texts);
      return (document, context) => {
        if (document.kind !== meta.kind) return [];
        if (asksFor !== null && !context.template.has(asksFor)) return [];
        if (document.unread !== null && meta.evenUnread !== true) return [];
        const reports: RuleReport[] = [];
        for (const report of check(document as DocumentOf<K>, options as z.output<S>, context)) {
          const { text, hint, severity } = sentences.get(report.message) as Sentences;
          const data: Record<string, MessageValue> = report.data ?? {};
          reports.push({
            messageId: report.message,
            message: text(data),
            hint: hint === null ? null : hint(data),
            place: report.place,
            subject: report.subject,
            people: report.people ?? [],
            edit: report.edit ?? null,
            ...(severity === undefined ? {} : { severity }),
            fields: report.fields ?? fields,
            ...(report.proposals === undefined ? {} : { proposals: report.proposals }),
            ...(report.noteId === undefined ? {} : { noteId: report.noteId }),
          });
        }
        return reports;
      };
    },
  };
}

/** A message of a rule, to be filled in. */
interface Sentences {
  text: Filling;
  hint: Filling | null;
  severity: 'info' | undefined;
}

/** The messages of a rule by id, in the words of a team where it has its own. */
function sentencesOf(
  messages: Readonly<Record<string, MessageTexts>>,
  { messages: own = {}, localise }: RuleTexts,
): ReadonlyMap<string, Sentences> {
  return new Map(
    Object.entries(messages).map(([id, { text, hint, severity }]) => [
      id,
      {
        text: filling(own[id]?.text ?? text, localise),
        hint: hint === undefined ? null : filling(own[id]?.hint ?? hint, localise),
        severity,
      },
    ]),
  );
}

/** A rule for several kinds: the rule of each, out of all kinds there are. */
export type RuleOfKinds = (all: readonly DocumentKind[]) => Rule[];

/**
 * Defines one rule for several kinds of documents.
 * @returns what makes the rule of each kind, each with an id and a page of its own: the one in `ids` where reports and rule files
 *   know it by an older name, else `<id>-<kind>`
 */
export function defineRules<const M extends Record<string, MessageTexts>, S extends z.ZodObject>({
  kinds,
  ids = {},
  examples = {},
  ...definition
}: Omit<RuleDefinition<DocumentKind, M, S>, 'kind' | 'examples'> & {
  kinds: 'all' | readonly DocumentKind[];
  ids?: Partial<Record<DocumentKind, string>>;
  /** The same for every kind, or by kind. */
  examples?: readonly RuleExample[] | Partial<Record<DocumentKind, readonly RuleExample[]>>;
}): RuleOfKinds {
  return (all) =>
    (kinds === 'all' ? all : kinds).map((kind) => ({
      ...defineRule({
        ...definition,
        kind,
        id: ids[kind] ?? `${definition.id}-${kind}`,
        examples: isOfEveryKind(examples) ? examples : (examples[kind] ?? []),
      }),
      family: definition.id,
    }));
}

/** `Array.isArray` does not tell TypeScript of arrays that cannot be written to. */
const isOfEveryKind = (examples: object): examples is readonly RuleExample[] => Array.isArray(examples);

/** Puts data into a text. */
type Filling = (data: Record<string, MessageValue>) => string;

/** What puts data into a text; an unknown `{name}` stays as it is. */
export function filling(text: string, localise: (value: string | Listing) => string = inEnglish): Filling {
  /** Text and name in turn. */
  const parts = text.split(/\{(\w+)\}/);
  const valueOf = (name: string, data: Record<string, MessageValue>): string => {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value === undefined) return `{${name}}`;
    return localise(typeof value === 'number' ? String(value) : value);
  };
  return (data) => {
    let filled = '';
    parts.forEach((part, at) => {
      filled += at % 2 === 0 ? part : valueOf(part, data);
    });
    return filled;
  };
}

const inEnglish = (value: string | Listing): string =>
  typeof value === 'string' ? value : listingText(value, englishPhrases);
