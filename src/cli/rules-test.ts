import pc from 'picocolors';
import { ruleContext } from '../assess/context.ts';
import { evaluate, failureOf } from '../assess/evaluate.ts';
import type { RuleExample } from '../config/example-schema.ts';
import type { PlacedExample } from '../config/examples.ts';
import type { LoadSuccess } from '../config/load-policy.ts';
import type { Finding, SkippedRule } from '../model/finding.ts';
import type { DocumentReader } from '../model/reader.ts';
import type { IssueFacts, Policy } from '../model/rule.ts';
import { createReader } from '../parse/reader.ts';
import { visible } from '../text/visible.ts';

/** A finding as an example names it. */
interface FoundOrExpected {
  rule: string;
  severity?: string;
  line?: number;
  message?: string;
}

export interface RuleTestResult {
  name: string;
  kind: string;
  /** Where the example is. */
  file: string;
  line: number;
  passed: boolean;
  /** Expected, but not found. */
  missing: FoundOrExpected[];
  /** Found, but not expected. */
  surplus: FoundOrExpected[];
  /** Found as expected. */
  matched: FoundOrExpected[];
  /** Rules that were expected, but could not be evaluated for lack of a fact, with the reason. */
  skipped: SkippedRule[];
  /** Rules that failed, for example by dividing by zero: the example fails, whatever it expects. */
  failed: SkippedRule[];
}

/** Runs every example of the folder's own files. @param now for examples that name no moment */
export function runRuleTests(loaded: LoadSuccess, now: string): RuleTestResult[] {
  const { grammar, calendar } = loaded.policy.settings;
  const reader = createReader(grammar, calendar);
  return loaded.examples.map((placed) => runOne(placed, loaded.policy, reader, now));
}

function runOne(
  { example, kind, file, line }: PlacedExample,
  policy: Policy,
  reader: DocumentReader,
  defaultNow: string,
): RuleTestResult {
  const now = example.now === undefined ? defaultNow : new Date(example.now).toISOString();
  const source = example.markdown;
  const document = reader.read(kind, source, {
    title: example.title ?? '',
    now,
    groups: policy.settings.groups,
  });
  const template = reader.template(kind);
  const rules = policy.rules.filter((rule) => example.rules === undefined || example.rules.includes(rule.id));
  const context = ruleContext({
    document,
    source,
    facts: factsOf(example),
    now,
    calendar: policy.settings.calendar,
    template,
  });
  const { findings, skipped } = evaluate(document, rules, context);
  const { missing, surplus, matched } = compare(example, findings);
  const failed = skipped.flatMap((one) => {
    const reason = failureOf(one);
    return reason === null ? [] : [{ rule: one.rule, reason }];
  });
  return {
    name: example.name,
    kind,
    file,
    line,
    passed: missing.length === 0 && surplus.length === 0 && failed.length === 0,
    missing,
    surplus,
    matched,
    skipped: skipped.filter(
      (one) => failureOf(one) === null && missing.some(({ rule }) => rule === one.rule),
    ),
    failed,
  };
}

function factsOf({ title, issue = {} }: RuleExample): IssueFacts {
  const name = (text: string): string => text.replace(/^@/, '');
  const facts: IssueFacts = {};
  if (title !== undefined) facts.title = title;
  if (issue['due-date'] !== undefined) facts.dueDate = issue['due-date'];
  if (issue.assignees !== undefined) facts.assignees = issue.assignees.map(name);
  if (issue.labels !== undefined) facts.labels = issue.labels;
  if (issue.author !== undefined) facts.author = name(issue.author);
  if (issue['created-at'] !== undefined) facts.createdAt = issue['created-at'];
  if (issue.confidential !== undefined) facts.confidential = issue.confidential;
  if (issue.milestone !== undefined) facts.gitlabMilestone = issue.milestone;
  if (issue.project !== undefined) facts.project = issue.project;
  if (issue.members !== undefined)
    facts.members = new Set(issue.members.map((each) => name(each).toLowerCase()));
  return facts;
}

/** Each expected finding takes one of those found; what is left on either side is a difference. */
function compare(
  example: RuleExample,
  findings: readonly Finding[],
): Pick<RuleTestResult, 'missing' | 'surplus' | 'matched'> {
  const left = [...findings];
  const missing: FoundOrExpected[] = [];
  const matched: FoundOrExpected[] = [];
  for (const item of example.findings) {
    const expected = typeof item === 'string' ? { rule: item } : item;
    const at = left.findIndex((finding) => fits(finding, expected));
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found) matched.push(asFound(found));
    else missing.push(defined(expected));
  }
  return { missing, surplus: left.map(asFound), matched };
}

function fits(finding: Finding, expected: Exclude<RuleExample['findings'][number], string>): boolean {
  return (
    finding.rule === expected.rule &&
    (expected.message === undefined || finding.message.includes(expected.message)) &&
    (expected.line === undefined || finding.place?.start.line === expected.line) &&
    (expected.severity === undefined || finding.severity === expected.severity)
  );
}

function asFound({ rule, severity, message, place }: Finding): FoundOrExpected {
  return { rule, severity, ...(place === null ? {} : { line: place.start.line }), message };
}

function defined(value: Record<string, unknown>): FoundOrExpected {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as unknown as FoundOrExpected;
}

/** The results for a person: a line for each example, and what differs for those that failed. */
export function renderTestResults(results: readonly RuleTestResult[], color: boolean): string {
  const colors = pc.createColors(color);
  if (results.length === 0) {
    return 'There are no examples. Write some under `examples:` in a rule file, or in kr.test.yml next to it.\n';
  }
  const lines = results.flatMap((result) => {
    const where = colors.dim(`${visible(result.file)}:${result.line}`);
    const name = visible(result.name);
    if (result.passed) return [`${colors.green('✓')} ${name} ${where}`];
    return [
      `${colors.red('✗')} ${name} ${where}`,
      ...result.matched.map((each) => colors.dim(`      ${spoken(each)}`)),
      ...result.missing.map((each) => colors.red(`    - ${spoken(each)}   (expected, not found)`)),
      ...result.surplus.map((each) => colors.green(`    + ${spoken(each)}   (found, not expected)`)),
      ...result.failed.map(({ rule, reason }) =>
        colors.red(`      ${visible(rule)} could not be evaluated: ${visible(reason)}`),
      ),
      ...result.skipped.map(({ rule, reason }) => `      ${visible(rule)} was skipped: ${visible(reason)}`),
    ];
  });
  const failed = results.filter((result) => !result.passed).length;
  return `${lines.join('\n')}\n\n${verdict(results.length, failed)}\n`;
}

function verdict(all: number, failed: number): string {
  if (all === 1) return `The example ${failed === 0 ? 'passes' : 'fails'}.`;
  return failed === 0 ? `All ${all} examples pass.` : `${failed} of ${all} examples fail.`;
}

function spoken({ rule, severity, line, message }: FoundOrExpected): string {
  return [severity, rule, line === undefined ? undefined : `line ${line}`, message]
    .filter((part) => part !== undefined)
    .map(visible)
    .join(' · ');
}
