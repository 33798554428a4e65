import type { DocumentKind, KrHygieneDocument } from '../model/document.ts';
import type { Finding } from '../model/finding.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { ConfidentialRecord, SubjectRecord } from '../model/record.ts';
import type { ActiveRule, IssueFacts, Policy, RuleContext } from '../model/rule.ts';
import type { Timeline, UpdateEntry } from '../model/timeline.ts';
import { newestUpdate } from '../model/updates.ts';
import { ruleContext } from './context.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { type Past, readPast } from './past.ts';
import { subjectRecord } from './record.ts';
import { withTriedEdits } from './tried-edits.ts';
import { withWaivers } from './waivers.ts';

/** One text with what is known of where it comes from. */
export interface AssessedText {
  kind: DocumentKind;
  /** The Markdown, as GitLab or the file has it. */
  source: string;
  facts: IssueFacts;
  /** What the same text was read as before; absent: it is read now. */
  document?: KrHygieneDocument;
  /** What GitLab keeps of the issue's past; absent: not known, as of a file. */
  past?: Past;
  /** True: a closed issue that is read for its past; only rules about closed issues are evaluated. */
  historical?: boolean;
}

/** What assessing needs besides the text: the rules, and a reader made for the same policy. */
export interface AssessTools {
  policy: Policy;
  documents: AsyncDocumentReader;
}

/** What is known of one subject once it was read and its rules were run. */
export interface Assessment extends Evaluation {
  document: KrHygieneDocument;
  /** What the rules were given; for explanations. */
  context: RuleContext;
  /** The past; absent: not known. */
  timeline?: Timeline;
  /** The newest update or check-in, as its rules saw it; absent: there is none. */
  update?: { document: KrHygieneDocument; context: RuleContext };
  /** Null for a file. */
  record: SubjectRecord | ConfidentialRecord | null;
}

/**
 * From a text to its assessment: read, then evaluated, and with it the newest update or check-in among the comments.
 * The one core of `run`, `lint`, `explain` and `diff`; the same text, policy and moment give the same assessment in
 * each of them.
 * @param now ISO 8601 instant
 */
export async function assess(
  { kind, source, facts, past, document: known, historical = false }: AssessedText,
  tools: AssessTools,
  now: string,
): Promise<Assessment> {
  const { settings } = tools.policy;
  const read = (text: string): Promise<KrHygieneDocument> =>
    tools.documents.read(kind, text, {
      title: facts.title ?? '',
      now,
      groups: settings.groups,
      ...(facts.confidential === undefined ? {} : { confidential: facts.confidential }),
    });
  const document = known ?? (await read(source));
  const timeline = past === undefined ? undefined : await readPast(past, document, tools, now);
  const { rules: all } = tools.policy;
  const rules = historical ? all.filter(({ aboutClosed }) => aboutClosed === true) : all;
  const context = ruleContext({
    document,
    source,
    facts,
    now,
    calendar: settings.calendar,
    template: tools.documents.template(kind),
    ...(timeline === undefined ? {} : { timeline }),
  });
  const ofText = evaluate(document, rules, context);
  const ofUpdate = evaluateUpdate(timeline, rules, context, tools.documents);
  const tried = await withTriedEdits(ofText.findings, { document, source }, read);
  const findings = withWaivers([...tried, ...ofUpdate.findings], timeline, tools.policy.ruleFamilies);
  return {
    document,
    context,
    findings,
    skipped: [...ofText.skipped, ...ofUpdate.skipped],
    evaluated: [...ofText.evaluated, ...ofUpdate.evaluated],
    ...(timeline === undefined ? {} : { timeline }),
    ...(ofUpdate.seen === undefined ? {} : { update: ofUpdate.seen }),
    record:
      past === undefined ? null : subjectRecord({ issue: past.issue, document, context, timeline, findings }),
  };
}

const nothing: Evaluation = { findings: [], skipped: [], evaluated: [] };

type UpdateEvaluation = Evaluation & { seen?: { document: KrHygieneDocument; context: RuleContext } };

/** The newest update by the rules of its kind; its findings name the comment, and who wrote it. */
function evaluateUpdate(
  timeline: Timeline | undefined,
  rules: readonly ActiveRule[],
  context: RuleContext,
  documents: AsyncDocumentReader,
): UpdateEvaluation {
  const update = timeline === undefined ? null : (timeline.blankUpdate ?? newestUpdate(timeline));
  if (update === null || update.isNoChange) return nothing;
  const { document, body: source } = update;
  const seen = { document, context: { ...context, source, template: documents.template(document.kind) } };
  const evaluation = evaluate(document, rules, seen.context);
  const findings = evaluation.findings.map((finding) => aboutUpdate(finding, update));
  return { ...evaluation, findings, seen };
}

function aboutUpdate(finding: Finding, { noteId, author }: UpdateEntry): Finding {
  return { ...finding, noteId, people: finding.people.length > 0 ? finding.people : [author] };
}
