import { describe, expect, test } from '@jest/globals';
import { ruleContext } from '../../src/assess/context.ts';
import { evaluate } from '../../src/assess/evaluate.ts';
import type { KrDocument } from '../../src/model/document.ts';
import type { RuleContext } from '../../src/model/rule.ts';
import { createReader } from '../../src/parse/reader.ts';
import { mustLoadFrom } from './helpers.ts';

const now = '2026-11-23T09:00:00Z';
const title = 'FY27 Q4 KR1 (Key Care) Rotate 100% of signing keys';
const facts = {
  title,
  dueDate: '2027-01-22',
  assignees: ['ann'],
  labels: ['KR'],
  author: 'ann',
  createdAt: now,
  members: new Set(['ann']),
};

const custom = `custom:
  explained: { description: d, assert: kr.objective.text.size() > 40, message: "Only {{ kr.objective.text.size() }}." }
  in-quarter: { description: d, assert: "kr.milestones.all(m, m.dueDate <= kr.quarter.end)", message: m }
  last-week:
    description: d
    for-each: milestone
    when: milestone.state == "open" && has(milestone.dueDate) && has(kr.quarter)
    assert: daysBetween(milestone.dueDate, kr.quarter.end) >= 7
    message: "{{ milestone.name }} is due on {{ milestone.dueDate }}."
`;

/** How many KRs: `KRS=10000` for the figure of the README; enough to notice a tenfold slip otherwise. */
const krs = Number(process.env['KRS'] ?? 300);

/** A KR as people write it, never the same twice. */
function text(index: number): string {
  const milestones = Array.from(
    { length: 2 + (index % 4) },
    (_, at) =>
      `- [ ] Milestone ${at + 1}: Description: Step ${index}.${at} of the plan Due Date: 2026-12-${10 + at} DRI: @ann`,
  );
  return [
    '## Ally OKR: https://app.ally.io/objectives/77001',
    '## Objective:',
    `Every signing key of team ${index} is younger than ninety days.`,
    '## Milestones',
    ...milestones,
  ].join('\n');
}

/** CPU time in milliseconds: what others do on this machine does not count. */
function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('custom rules', () => {
  test('three of them add at most a tenth to reading and checking', async () => {
    const plain = (await mustLoadFrom({ 'policy.yml': '' })).policy;
    const withCustom = (await mustLoadFrom({ 'policy.yml': '', 'kr.yml': custom })).policy;
    const own = withCustom.rules.filter((rule) => !plain.rules.some((each) => each.id === rule.id));
    expect(own).toHaveLength(3);
    const reader = createReader(plain.settings.grammar, plain.settings.calendar);
    const template = reader.template('kr');
    const spent = { all: 0, own: 0 };
    const batch = 100;
    const judge = (from: number) => {
      const sources = Array.from({ length: batch }, (_, index) => text(from + index));
      const contexts: { document: KrDocument; context: RuleContext }[] = [];
      spent.all += cpu(() => {
        for (const source of sources) {
          const document = reader.read('kr', source, { title, now });
          const context = ruleContext({
            document,
            source,
            facts,
            now,
            calendar: plain.settings.calendar,
            template,
          });
          evaluate(document, plain.rules, context);
          contexts.push({ document, context });
        }
      });
      spent.own += cpu(() => {
        for (const { document, context } of contexts) evaluate(document, own, context);
      });
    };
    // The first ones are slow for every part alike; they do not count.
    for (let round = 0; round < 5; round += 1) judge(round * batch);
    Object.assign(spent, { all: 0, own: 0 });
    for (let done = 0; done < krs; done += batch) judge(done);
    if (krs > 1_000) {
      process.stdout.write(
        `${krs} KRs: ${spent.all.toFixed(0)} ms, custom rules ${spent.own.toFixed(0)} ms\n`,
      );
    }
    expect(spent.own / spent.all).toBeLessThan(0.1);
  }, 600_000);
});
