import type { KrHygieneDocument } from '../model/document.ts';
import { messageOf } from '../model/errors.ts';
import type { Finding, SkippedRule } from '../model/finding.ts';
import type { ActiveRule, RuleContext, RuleFact, RuleReport } from '../model/rule.ts';

export interface Evaluation {
  /** In the order of the text; what has no place comes first. At one place, in the order of the rules. */
  findings: Finding[];
  /** Rules that could not be evaluated, each with the reason. */
  skipped: SkippedRule[];
  /** Rules whose silence means that all is well: they were evaluated, and nudge. */
  evaluated: string[];
}

/** What a missing fact is called when a rule is skipped for lack of it. */
const factNames: Record<RuleFact, string> = {
  title: "the issue's title",
  dueDate: "the issue's due date",
  assignees: "the issue's assignees",
  labels: "the issue's labels",
  author: "the issue's author",
  createdAt: "the issue's creation date",
  confidential: 'whether the issue is confidential',
  gitlabMilestone: "the issue's GitLab milestone",
  project: "the issue's project",
  members: "the project's members",
  inactive: 'which accounts are active',
  openToOthers: 'who may see the project',
  called: "the names of the project's members",
  state: 'whether the issue is closed',
  timeline: "the issue's comments and events",
};

/**
 * Checks one document against the rules of its kind. Pure. A rule that throws (a custom expression can fail on
 * data its author did not think of) becomes a skipped rule with the reason, never a crash and never half its findings.
 */
export function evaluate(
  document: KrHygieneDocument,
  rules: readonly ActiveRule[],
  context: RuleContext,
): Evaluation {
  const findings: Finding[] = [];
  const skipped: SkippedRule[] = [];
  const evaluated: string[] = [];
  const isUnknown = (fact: RuleFact): boolean =>
    (fact === 'timeline' ? context.timeline : context.issue[fact]) === undefined;
  for (const rule of rules) {
    if (rule.kind !== document.kind) continue;
    if (rule.needs.some(isUnknown)) {
      const unknown = rule.needs.filter(isUnknown).map((fact) => factNames[fact]);
      skipped.push({ rule: rule.id, reason: `not known here: ${unknown.join(', ')}` });
      continue;
    }
    const before = findings.length;
    try {
      if (rule.exempt(document, context) !== null) continue;
      for (const report of rule.check(document, context)) findings.push(toFinding(rule, report));
      if (rule.severity !== 'info') evaluated.push(rule.id);
    } catch (error) {
      findings.length = before;
      skipped.push(failedRule(rule, error));
    }
  }
  return { findings: findings.sort(inOrderOfText), skipped, evaluated };
}

const failed = 'the rule failed: ';

/** A rule that threw is skipped, with what it said. */
export function failedRule({ id }: { id: string }, error: unknown): SkippedRule {
  return { rule: id, reason: `${failed}${messageOf(error).replace(/\s+/g, ' ').slice(0, 200)}` };
}

/** Why a rule that threw was skipped; null where it was skipped for lack of a fact. */
export function failureOf({ reason }: SkippedRule): string | null {
  return reason.startsWith(failed) ? reason.slice(failed.length) : null;
}

function toFinding(rule: ActiveRule, report: RuleReport): Finding {
  return {
    rule: rule.id,
    messageId: report.messageId,
    severity: report.severity ?? rule.severity,
    message: report.message,
    hint: report.hint,
    people: report.people,
    place: report.place,
    subject: report.subject,
    url: rule.url,
    edit: report.edit,
    ...(report.fields === undefined || report.fields.length === 0 ? {} : { fields: report.fields }),
    ...(report.proposals === undefined ? {} : { proposals: report.proposals }),
    ...(report.noteId === undefined ? {} : { noteId: report.noteId }),
  };
}

/** Sorting keeps the order of equals, so that findings of one place stay in the order of the rules. */
export function inOrderOfText(a: Finding, b: Finding): number {
  return (a.place?.start.offset ?? -1) - (b.place?.start.offset ?? -1);
}
