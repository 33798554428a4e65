import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../src/assess/evaluate.ts';
import { ourRules as rules } from '../../src/config/our-rules.ts';
import type { ActiveRule, RuleReport } from '../../src/model/rule.ts';
import { context, kr, place } from '../rules/documents.ts';

function report(messageId: string, offset: number | null): RuleReport {
  return {
    messageId,
    message: `says ${messageId}`,
    hint: null,
    place: offset === null ? null : place(offset),
    subject: { part: 'text' },
    people: [],
    edit: null,
  };
}

function active(id: string, fields: Partial<ActiveRule> = {}): ActiveRule {
  return {
    id,
    kind: 'kr',
    severity: 'warning',
    needs: [],
    url: null,
    options: {},
    decidedAt: null,
    exempt: () => null,
    check: () => [],
    ...fields,
  };
}

describe('evaluate', () => {
  test('a question is info, whatever the severity of its rule', () => {
    const rule = active('a-rule', {
      severity: 'error',
      check: () => [report('missing', 1), { ...report('doubtful', 2), severity: 'info' }],
    });
    const { findings } = evaluate(kr(), [rule], context(kr()));
    expect(findings.map(({ messageId, severity }) => [messageId, severity])).toEqual([
      ['missing', 'error'],
      ['doubtful', 'info'],
    ]);
  });

  test('orders findings by place, then as the rules are listed; what has no place comes first', () => {
    const one = active('b-rule', {
      check: () => [report('late', 30), report('early', 2), report('nowhere', null)],
    });
    const two = active('a-rule', {
      check: () => [report('early', 2)],
      severity: 'error',
      url: 'https://example.com',
    });
    const { findings } = evaluate(kr(), [one, two], context(kr()));
    expect(findings.map(({ rule, messageId }) => `${rule} ${messageId}`)).toEqual([
      'b-rule nowhere',
      'b-rule early',
      'a-rule early',
      'b-rule late',
    ]);
    expect(findings[2]).toMatchObject({
      severity: 'error',
      url: 'https://example.com',
      message: 'says early',
    });
  });

  test('leaves out rules of other kinds and rules that do not apply', () => {
    const check = () => [report('any', 0)];
    const evaluation = evaluate(
      kr(),
      [active('other', { kind: 'plan', check }), active('exempt', { exempt: () => 'too new', check })],
      context(kr()),
    );
    expect(evaluation).toEqual({ findings: [], skipped: [], evaluated: [] });
  });

  test('names a rule that lacks a fact; null and [] are facts', () => {
    const needy = active('needy', { needs: ['assignees', 'dueDate'], check: () => [report('any', 0)] });
    expect(evaluate(kr(), [needy], context(kr(), { assignees: [] }))).toEqual({
      findings: [],
      skipped: [{ rule: 'needy', reason: "not known here: the issue's due date" }],
      evaluated: [],
    });
    expect(evaluate(kr(), [needy], context(kr(), { assignees: [], dueDate: null })).findings).toHaveLength(1);
  });

  test('a rule that fails is skipped with the reason, and what it said before is not believed', () => {
    const failing = active('failing', {
      *check() {
        yield report('half', 0);
        throw new TypeError('no such\n  overload');
      },
    });
    const other = active('other', { check: () => [report('fine', 0)] });
    const evaluation = evaluate(kr(), [failing, other], context(kr()));
    expect(evaluation.findings.map(({ rule }) => rule)).toEqual(['other']);
    expect(evaluation.skipped).toEqual([{ rule: 'failing', reason: 'the rule failed: no such overload' }]);
  });

  test('a condition that fails skips its rule too', () => {
    const failing = active('failing', {
      exempt: () => {
        throw new Error('out of budget');
      },
    });
    expect(evaluate(kr(), [failing], context(kr())).skipped).toEqual([
      { rule: 'failing', reason: 'the rule failed: out of budget' },
    ]);
  });

  test('of a text that was not read, nothing is said but that, and what the issue itself tells', () => {
    const unread = kr({
      okrLink: null,
      okrLinkProblem: 'missing',
      milestones: [],
      objective: { text: '', problem: 'missing', place: null },
      unread: { reason: 'too-long', detail: '2 MB' },
    });
    const all = rules.map((rule) =>
      active(rule.id, { kind: rule.kind, check: rule.bind(rule.options.parse({})) }),
    );
    const said = evaluate(unread, all, context(unread, { assignees: [], dueDate: null, title: '' }));
    expect(said.findings.map(({ rule }) => rule)).toEqual(['require-overall-dri', 'no-unreadable-text']);
    expect(said.skipped).toEqual([]);
  });
});
