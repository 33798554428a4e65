import { defineKind } from '../kind.ts';
import { readKr } from './read.ts';

/** Key Result: an issue whose description follows the KR template. */
export const kr = defineKind({
  id: 'kr',
  nouns: { one: 'Key Result', many: 'Key Results' },
  lives: 'issue',
  comments: 'weekly-update',
  variable: { name: 'kr', type: 'Kr' },
  fields: { title: 'kr-title', okrLink: 'okr-link', objective: 'text', milestones: 'milestones' },
  fieldsAreSections: false,
  dependsOn: { title: true, day: false },
  read: readKr,
});
