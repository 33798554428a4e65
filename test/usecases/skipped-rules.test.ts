import { expect, test } from '@jest/globals';
import type { SubjectReport } from '../../src/model/report.ts';
import { createSkippedTally } from '../../src/usecases/run/skipped-rules.ts';

const subject = (rules: string[], confidential = false): SubjectReport => ({
  kind: 'kr',
  ref: 'a/b#1',
  projectId: 1,
  iid: 1,
  url: null,
  title: 'x',
  confidential,
  status: 'clean',
  findings: [],
  skippedRules: rules.map((rule) => ({ rule, reason: `the rule failed: ${rule} on a secret` })),
  actions: [],
  comment: null,
  restraint: null,
  error: null,
});

test('each rule is named once, with how often and why', () => {
  const tally = createSkippedTally();
  for (const rules of [['mine'], ['mine', 'other'], []]) tally.add(subject(rules));
  expect(tally.warnings()).toEqual([
    'The rule mine could not be evaluated on 2 KRs: the rule failed: mine on a secret.',
    'The rule other could not be evaluated on one KR: the rule failed: other on a secret.',
  ]);
});

test('the reason is never taken from a confidential issue', () => {
  const tally = createSkippedTally();
  tally.add(subject(['mine'], true));
  expect(tally.warnings()).toEqual(['The rule mine could not be evaluated on one KR.']);
});
