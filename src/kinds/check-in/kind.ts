import type { DocumentBase, StatusField, TextField } from '../../model/document.ts';
import { defineKind } from '../kind.ts';
import { readCheckIn } from './read.ts';

interface CheckIn extends DocumentBase {
  kind: 'check-in';
  status: StatusField;
  accomplished: TextField;
  nextSteps: TextField;
}

declare module '../../model/document.ts' {
  interface Documents {
    'check-in': CheckIn;
  }
}

/** Check-in: the weekly note on an OKR. */
export const checkIn = defineKind({
  id: 'check-in',
  nouns: { one: 'check-in', many: 'Check-ins' },
  lives: 'comment',
  comments: null,
  variable: { name: 'checkIn', type: 'CheckIn' },
  fields: { status: 'status', accomplished: 'text', nextSteps: 'text' },
  fieldsAreSections: true,
  dependsOn: { title: false, day: false },
  read: readCheckIn,
});
