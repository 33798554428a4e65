import { ruleContext } from '../assess/context.ts';
import { evaluate, failureOf } from '../assess/evaluate.ts';
import { exampleNow, exampleTitle } from '../assess/example.ts';
import type { ConfigError } from '../config/config-error.ts';
import type { LoadSuccess } from '../config/load-policy.ts';
import { ourRules } from '../config/our-rules.ts';
import type { DocumentKind } from '../model/document.ts';
import type { ActiveRule, IssueFacts } from '../model/rule.ts';
import { createReader } from '../parse/reader.ts';
import { runRuleTests } from './rules-test.ts';

/** An issue of which everything is known, for texts that come without one. */
const anIssue: Required<IssueFacts> = {
  title: exampleTitle,
  dueDate: '2027-01-24',
  assignees: ['ann'],
  labels: ['KR'],
  author: 'ann',
  createdAt: '2026-11-02T09:00:00Z',
  confidential: false,
  gitlabMilestone: null,
  project: 'group/okrs',
  members: new Set(['ann']),
  state: 'opened',
  inactive: new Set(),
  called: new Map(),
  openToOthers: false,
};

/**
 * Custom rules that cannot be evaluated: an expression may be well formed and still fail, for example when it divides
 * by zero or takes too many steps. Such a rule is skipped in a run, where few would notice.
 * @returns an error for a rule that fails in an example of its own file or on every text it was tried on, a warning for
 *   one that fails on some: the untouched template, and the examples of our own rules
 */
export function checkCustomRules(loaded: LoadSuccess): ConfigError[] {
  const entries = loaded.entries.filter(({ origin, severity }) => origin === 'custom' && severity !== 'off');
  if (entries.length === 0) return [];
  const inExamples = runRuleTests(loaded, exampleNow).flatMap(({ name, failed }) =>
    failed.map((one) => ({ ...one, name })),
  );
  return entries.flatMap(({ id, kind, decidedAt }): ConfigError[] => {
    const place = { file: decidedAt?.file ?? id, line: decidedAt?.line ?? 1, column: 1, length: 1 };
    const own = inExamples.find(({ rule }) => rule === id);
    const advice = 'Let `when` leave out what it cannot say anything about, or test for it first.';
    if (own !== undefined) {
      const message = `The rule "${id}" cannot be evaluated in the example "${own.name}": ${own.reason}.`;
      return [{ code: 'rule-fails', level: 'error', message, advice, ...place }];
    }
    const rule = loaded.policy.rules.find((each) => each.id === id && each.kind === kind);
    if (rule === undefined) return [];
    const { reasons, tried } = failuresOf(loaded, rule);
    if (reasons.length === 0) return [];
    const everywhere = reasons.length === tried;
    const message = everywhere
      ? `The rule "${id}" cannot be evaluated on any text: ${reasons[0]}.`
      : `The rule "${id}" cannot be evaluated on ${reasons.length} of ${tried} texts it was tried on, so that it is skipped on such: ${reasons[0]}.`;
    return [{ code: 'rule-fails', level: everywhere ? 'error' : 'warning', message, advice, ...place }];
  });
}

/** Why the rule failed on texts of its kind. */
function failuresOf(loaded: LoadSuccess, rule: ActiveRule): { reasons: string[]; tried: number } {
  const { grammar, calendar, groups } = loaded.policy.settings;
  const reader = createReader(grammar, calendar);
  const template = reader.template(rule.kind);
  const texts = textsOf(rule.kind, loaded.templates[rule.kind].text);
  const reasons = texts.flatMap((source) => {
    const document = reader.read(rule.kind, source, { title: exampleTitle, now: exampleNow, groups });
    const context = ruleContext({ document, source, facts: anIssue, now: exampleNow, calendar, template });
    return evaluate(document, [rule], context).skipped.flatMap((skipped) => failureOf(skipped) ?? []);
  });
  return { reasons, tried: texts.length };
}

function textsOf(kind: DocumentKind, template: string): string[] {
  const examples = ourRules
    .filter((rule) => rule.kind === kind)
    .flatMap((rule) => rule.examples.map(({ markdown }) => markdown.join('\n')));
  return [...new Set([template, ...examples])];
}
