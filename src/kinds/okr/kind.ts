import type { Dependency, DocumentBase, TextField } from '../../model/document.ts';
import { defineKind } from '../kind.ts';
import { readOkr } from './read.ts';

interface Okr extends DocumentBase {
  kind: 'okr';
  objective: TextField;
  roadmapItem: TextField;
  dependencies: Dependency[];
  budget: TextField;
}

declare module '../../model/document.ts' {
  interface Documents {
    okr: Okr;
  }
}

/** OKR: the description of an objective, after the OKR template. */
export const okr = defineKind({
  id: 'okr',
  nouns: { one: 'objective', many: 'OKRs' },
  lives: 'issue',
  comments: 'check-in',
  variable: { name: 'okr', type: 'Okr' },
  fields: { objective: 'text', roadmapItem: 'text', dependencies: 'dependencies', budget: 'text' },
  fieldsAreSections: false,
  dependsOn: { title: false, day: false },
  read: readOkr,
});
