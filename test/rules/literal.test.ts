import { expect, test } from '@jest/globals';
import type { DocumentOf } from '../../src/model/document.ts';
import { requireMilestoneDueDate } from '../../src/rules/require-milestone-due-date.ts';
import { requirePlanEpic } from '../../src/rules/require-plan-epic.ts';
import { context, dueDate, kr, milestone, place } from './documents.ts';

test('an epic that is named twice counts once', () => {
  const plan: DocumentOf<'plan'> = {
    kind: 'plan',
    title: { text: 'Known Devices', problem: null, place: place(0) },
    epics: [
      { ref: 'sec&1', place: place(0) },
      { ref: 'sec&1', place: place(9) },
    ],
    sections: [],
    links: [],
    leftovers: [],
    unread: null,
  };
  const check = requirePlanEpic.bind(requirePlanEpic.options.parse({}));
  expect([...check(plan, context(kr()))]).toEqual([]);
  const another = { ref: 'sec&2', place: place(20) };
  const [report] = check({ ...plan, epics: [...plan.epics, another] }, context(kr()));
  expect(report).toMatchObject({ messageId: 'several', place: another.place });
});

test('a group that was read as a DRI is no one to ask', () => {
  const document = kr({
    milestones: [
      milestone({ dris: ['all'], driProblem: 'group', dueDate: dueDate({ date: null, problem: 'missing' }) }),
    ],
  });
  const check = requireMilestoneDueDate.bind(requireMilestoneDueDate.options.parse({}));
  expect([...check(document, context(document))].map(({ people }) => people)).toEqual([[]]);
});
