import { requirePlanLink } from '../../src/rules/require-plan-link.ts';
import { testRule } from './helpers.ts';

const teams = { platform: ['ann'], detection: ['bo.lee'], response: ['cy'] };
const item = (who: string) => `- [ ] Milestone 1: Description: Rota Due Date: 2026-12-11 DRI: ${who}`;

testRule(requirePlanLink, [
  {
    shows: 'in words, the assignee counted, whatever the case',
    options: { teams, max: 1 },
    issue: { assignees: ['ANN'] },
    markdown: ['## Milestones', item('@cy')],
    reports: ['missing'],
    says: [
      'The DRIs are of 2 teams (“platform” and “response”), and the description links to no plan. Link to the plan, for example `Plan: https://…/security/planning/name-of-the-plan/`.',
    ],
  },
  {
    shows: 'more teams allowed',
    options: { teams, max: 2 },
    issue: { assignees: ['ann'] },
    markdown: ['## Milestones', item('@cy')],
    reports: [],
  },
  {
    shows: 'a relative link, to pages of another name',
    options: { teams, pages: ['/plans/'] },
    issue: { assignees: ['ann'] },
    markdown: ['## Milestones', item('@cy'), '', 'See [the plan](/handbook/plans/rota/).'],
    reports: [],
  },
  {
    shows: 'no teams named',
    issue: { assignees: ['ann'] },
    markdown: ['## Milestones', item('@cy')],
    reports: [],
  },
]);
