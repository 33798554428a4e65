import { okr } from './shared/example-texts.ts';
import { textFieldRule } from './shared/text-field-rule.ts';

export const requireOkrRoadmapItem = textFieldRule({
  id: 'require-okr-roadmap-item',
  kind: 'okr',
  description: 'The OKR names the roadmap item it supports.',
  why: 'The roadmap says why now. An objective that serves no item of it either has the wrong priority or shows that the roadmap is out of date.',
  field: 'roadmap-item',
  ask: 'the roadmap item this OKR supports',
  examples: [
    {
      shows: 'an answer',
      markdown: okr({ roadmap: 'Alerting, year two' }),
      reports: [],
    },
    {
      shows: 'the question of the template',
      markdown: okr({ roadmap: '`what security roadmap item does this OKR support`' }),
      reports: ['placeholder'],
    },
    {
      shows: 'a heading with nothing beneath it',
      markdown: okr({ roadmap: [] }),
      reports: ['empty'],
    },
    {
      shows: 'no such section',
      markdown: okr({ roadmap: null }),
      reports: ['missing'],
    },
    {
      shows: 'fewer words than the team asks for',
      options: { 'min-length': 10 },
      markdown: okr({ roadmap: 'Yes' }),
      reports: ['too-short'],
    },
  ],
  read: (document) => document.roadmapItem,
});
