import type { DocumentKind, KrHygieneDocument } from '../model/document.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { IssueFacts, Policy, RuleContext } from '../model/rule.ts';
import { ruleContext } from './context.ts';
import { type Evaluation, evaluate } from './evaluate.ts';

/** One text with what is known of where it comes from. */
export interface AssessedText {
  kind: DocumentKind;
  /** The Markdown, as GitLab or the file has it. */
  source: string;
  facts: IssueFacts;
}

/** What assessing needs beside the text: the rules, and a reader made for the same policy. */
export interface AssessTools {
  policy: Policy;
  documents: AsyncDocumentReader;
}

/** What is known of one subject once it was read and its rules were run. */
export interface Assessment extends Evaluation {
  document: KrHygieneDocument;
  /** What the rules were given; for explanations. */
  context: RuleContext;
}

/**
 * From a text to its assessment: read, then evaluated. The one core of `run`, `lint`, `explain` and `diff`; the same
 * text, policy and moment give the same assessment in each of them.
 * @param now ISO 8601 instant
 */
export async function assess(
  { kind, source, facts }: AssessedText,
  { policy, documents }: AssessTools,
  now: string,
): Promise<Assessment> {
  const { settings, rules } = policy;
  const document = await documents.read(kind, source, {
    title: facts.title ?? '',
    now,
    groups: settings.groups,
    ...(facts.confidential === undefined ? {} : { confidential: facts.confidential }),
  });
  const context = ruleContext({
    document,
    source,
    facts,
    now,
    calendar: settings.calendar,
    template: documents.template(kind),
  });
  return { document, context, ...evaluate(document, rules, context) };
}
