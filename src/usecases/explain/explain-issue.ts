import { type Assessment, assess } from '../../assess/assess.ts';
import { evaluate } from '../../assess/evaluate.ts';
import type { Past } from '../../assess/past.ts';
import type { LoadSuccess } from '../../config/load-policy.ts';
import type { RuleEntry } from '../../config/rule-entries.ts';
import { compileUnselected, everything } from '../../config/selection.ts';
import type { Action } from '../../model/action.ts';
import { type DocumentKind, type KrHygieneDocument, mainKind } from '../../model/document.ts';
import type { Finding } from '../../model/finding.ts';
import type { Issue } from '../../model/issue.ts';
import type { Selection } from '../../model/policy.ts';
import type { AsyncDocumentReader } from '../../model/reader.ts';
import type { ActiveRule, Decision, IssueFacts, RuleContext } from '../../model/rule.ts';
import { type IssuePlan, planIssue } from '../../plan/plan-issue.ts';
import { isNotAsked } from '../check-templates.ts';
import type { Ownership } from '../run/note-owner.ts';
import { offeredUpdate } from '../run/offered-update.ts';
import { planInput } from '../run/plan-subject.ts';
import { toldBefore } from '../run/told.ts';
import { planTried } from '../run/tried-corrections.ts';

/** One condition of the selection, and whether the issue meets it. */
export interface ConditionOutcome {
  condition: string;
  /** Null when it is met; otherwise why not. */
  problem: string | null;
}

export interface RuleOutcome {
  rule: string;
  severity: RuleEntry['severity'];
  /** Where the policy decided the severity. */
  decidedAt: Decision | null;
  options: object;
  outcome: 'clean' | 'findings' | 'exempt' | 'skipped' | 'off' | 'not-asked';
  /** Why it is exempt, was skipped or asks nothing. */
  reason: string | null;
  findings: Finding[];
}

/** Everything the bot sees and would do on one issue (or file). */
export interface Explanation {
  kind: DocumentKind;
  ref: string;
  url: string | null;
  title: string;
  /** Null for files: what is on disk is not an issue. */
  selection: { selected: boolean; conditions: ConditionOutcome[] } | null;
  document: KrHygieneDocument;
  rules: RuleOutcome[];
  actions: Action[];
  comment: string | null;
  /** Why nothing is planned although there is something to say. */
  restraint: string | null;
}

export interface ExplainInput {
  loaded: LoadSuccess;
  documents: AsyncDocumentReader;
  kind: DocumentKind;
  source: string;
  facts: IssueFacts;
  issue: Issue;
  isFile: boolean;
  now: string;
  /** Comments and events of the issue; absent: a file. */
  past?: Past;
  /** Whose comments are ours; null: not known. */
  ownership: Ownership | null;
}

export async function explainIssue(input: ExplainInput): Promise<Explanation> {
  const { loaded, documents, kind, source, facts, issue, now } = input;
  const { settings, rules } = loaded.policy;
  const known = input.past === undefined ? {} : { past: input.past };
  const tools = { policy: loaded.policy, documents };
  const assessment = await assess({ kind, source, facts, ...known }, tools, now);
  const { document, context, findings, update } = assessment;
  const outcomesOf = (of: DocumentKind, text: KrHygieneDocument, where: RuleContext) =>
    loaded.entries
      .filter((entry) => entry.kind === of && entry.origin !== 'set-rule')
      .map((entry) =>
        evaluateRule(
          entry,
          rules.find((rule) => rule.id === entry.id && rule.kind === of),
          text,
          where,
        ),
      );
  const outcomes = [
    ...outcomesOf(kind, document, context),
    ...(update === undefined ? [] : outcomesOf(update.document.kind, update.document, update.context)),
  ];
  const plan =
    kind === mainKind
      ? await planOf(input, assessment)
      : { actions: [], comment: null, reason: findings.length > 0 ? notCommented(kind) : null };
  return {
    kind,
    ref: issue.ref,
    url: input.isFile ? null : issue.url,
    title: issue.title,
    selection: input.isFile ? null : selectionOf(settings.select, issue, now),
    document,
    rules: outcomes,
    actions: plan.actions,
    comment: plan.comment,
    restraint: plan.reason,
  };
}

async function planOf(input: ExplainInput, assessment: Assessment): Promise<IssuePlan> {
  const { loaded, documents, source, issue, now, past, ownership } = input;
  const { policy } = loaded;
  const { template } = assessment.context;
  const tools = { policy, documents };
  const notes = past?.activity.comments ?? [];
  const events = past === undefined ? {} : { labelEvents: past.activity.labelEvents };
  const scanned = { issue, kind: mainKind, historical: false };
  const told = past === undefined ? {} : await toldBefore(tools, scanned, { assessment, past }, ownership);
  const draft = offeredUpdate(assessment, tools);
  const subject = { issue, source, assessment, policy, template, notes, ownership, now, draft };
  const { plan } = await planTried(planInput({ ...subject, ...events, ...told }), planIssue, {
    assessment,
    tools,
    now,
  });
  return plan;
}

function notCommented(kind: DocumentKind): string {
  return `comments are kept on KR issues only, and this text was read as kind "${kind}"`;
}

function evaluateRule(
  entry: RuleEntry,
  rule: ActiveRule | undefined,
  document: KrHygieneDocument,
  context: RuleContext,
): RuleOutcome {
  const { severity, decidedAt, options } = entry;
  const head = { rule: entry.id, severity, decidedAt, options };
  if (rule === undefined) return { ...head, outcome: 'off', reason: null, findings: [] };
  if (isNotAsked(rule.id, context.template))
    return { ...head, outcome: 'not-asked', reason: 'not in your template', findings: [] };
  const { findings, skipped } = evaluate(document, [rule], context);
  const [first] = skipped;
  if (first !== undefined) return { ...head, outcome: 'skipped', reason: first.reason, findings: [] };
  const exempt = rule.exempt(document, context);
  if (exempt !== null) return { ...head, outcome: 'exempt', reason: exempt, findings: [] };
  return { ...head, outcome: findings.length > 0 ? 'findings' : 'clean', reason: null, findings };
}

/** Each condition of the selection by itself. */
function selectionOf(select: Selection, issue: Issue, now: string): Explanation['selection'] {
  const { issueType } = issue;
  const open: Selection = { ...everything, state: 'all', issueType, labels: [], notLabels: [] };
  const { state, title, gitlabMilestone, confidential, minAgeDays, maxAgeDays } = select;
  const conditions: [string, Partial<Selection>][] = [
    [`the type is "${select.issueType}"`, { issueType: select.issueType }],
  ];
  if (state !== 'all') conditions.push([`it is ${state}`, { state }]);
  for (const label of select.labels)
    conditions.push([`it carries the label "${label}"`, { labels: [label] }]);
  for (const label of select.notLabels)
    conditions.push([`it does not carry "${label}"`, { notLabels: [label] }]);
  if (title !== null) conditions.push([`the title matches ${title}`, { title }]);
  if (gitlabMilestone !== null)
    conditions.push([`GitLab milestone: ${gitlabMilestone}`, { gitlabMilestone }]);
  if (confidential !== null)
    conditions.push([confidential ? 'it is confidential' : 'it is not confidential', { confidential }]);
  if (minAgeDays !== null) conditions.push([`it is at least ${minAgeDays} days old`, { minAgeDays }]);
  if (maxAgeDays !== null) conditions.push([`it is at most ${maxAgeDays} days old`, { maxAgeDays }]);
  const outcomes = conditions.map(([condition, part]) => ({
    condition,
    problem: compileUnselected({ ...open, ...part })(issue, now),
  }));
  return { selected: outcomes.every((outcome) => outcome.problem === null), conditions: outcomes };
}
