import type { DocumentBase, EpicReference, Place, TextField } from '../../model/document.ts';
import { defineKind } from '../kind.ts';
import { readPlan } from './read.ts';

interface Plan extends DocumentBase {
  kind: 'plan';
  title: TextField;
  epics: EpicReference[];
  sections: { title: string; level: number; place: Place }[];
  links: { url: string; text: string; place: Place }[];
}

declare module '../../model/document.ts' {
  interface Documents {
    plan: Plan;
  }
}

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
