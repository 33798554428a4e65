import { expect, test } from '@jest/globals';
import { subjectRecord } from '../../src/assess/record.ts';
import type { KrDocument, KrMilestone } from '../../src/model/document.ts';
import type { Issue } from '../../src/model/issue.ts';

/** Which milestones are overdue, all of them due on 25 November. */
function overdueOn(today: string): boolean[] {
  const point = { line: 1, column: 1, offset: 0 };
  const milestone = (state: KrMilestone['state']): KrMilestone => ({
    label: null,
    description: 'Inventory',
    descriptionProblem: null,
    dueDate: { raw: 'Nov 25', date: '2026-11-25', inferred: true, problem: null },
    dris: [],
    driText: '',
    driProblem: 'missing',
    state,
    place: { start: point, end: point },
  });
  const document = {
    kind: 'kr',
    title: { raw: '', fiscalYear: null, quarter: null, number: null, reference: null, statement: null },
    okrLink: null,
    okrLinkProblem: 'missing',
    objective: { text: '', problem: 'missing', place: null },
    milestones: [milestone('open'), milestone('done'), milestone('inapplicable')],
    leftovers: [],
    unread: null,
  } satisfies KrDocument;
  const issue = { confidential: false, dueDate: null, assignees: [], createdAt: today } as unknown as Issue;
  const context = { today, quarter: null };
  const record = subjectRecord({ issue, document, context, timeline: undefined, findings: [] });
  return 'milestones' in record ? record.milestones.map(({ overdue }) => overdue) : [];
}

test('an open milestone is overdue from the day after its due date', () => {
  expect(overdueOn('2026-11-25')).toEqual([false, false, false]);
  expect(overdueOn('2026-11-26')).toEqual([true, false, false]);
});
