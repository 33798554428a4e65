import { defineKind } from '../kind.ts';
import { readPlan } from './read.ts';

/** Security Plan: a page of the planning section, tied to one epic. */
export const plan = defineKind({
  id: 'plan',
  nouns: { one: 'plan', many: 'Security Plans' },
  lives: 'page',
  comments: null,
  variable: { name: 'plan', type: 'Plan' },
  fields: { title: 'text', epics: 'epics', sections: 'sections', links: 'links' },
  fieldsAreSections: false,
  dependsOn: { title: false, day: false },
  read: readPlan,
});
