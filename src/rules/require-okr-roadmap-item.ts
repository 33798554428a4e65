import { textFieldRule } from './shared/text-field-rule.ts';

export const requireOkrRoadmapItem = textFieldRule({
  id: 'require-okr-roadmap-item',
  kind: 'okr',
  description: 'The OKR names the roadmap item it supports.',
  why: 'The roadmap says why now. An objective that serves no item of it either has the wrong priority or shows that the roadmap is out of date.',
  field: 'roadmap-item',
  ask: 'the roadmap item this OKR supports',
  read: (document) => document.roadmapItem,
});
