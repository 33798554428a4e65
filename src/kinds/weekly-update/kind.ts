import type { DateField, DocumentBase, ListField, PercentField, StatusField } from '../../model/document.ts';
import { defineKind } from '../kind.ts';
import { readWeeklyUpdate } from './read.ts';

interface WeeklyUpdate extends DocumentBase {
  kind: 'weekly-update';
  weekOf: DateField;
  status: StatusField;
  percentComplete: PercentField;
  completed: ListField;
  nextSteps: ListField;
}

declare module '../../model/document.ts' {
  interface Documents {
    'weekly-update': WeeklyUpdate;
  }
}

/** Weekly update: a comment on a KR after the weekly update template. */
export const weeklyUpdate = defineKind({
  id: 'weekly-update',
  nouns: { one: 'weekly update', many: 'Weekly updates' },
  lives: 'comment',
  comments: null,
  variable: { name: 'update', type: 'Update' },
  fields: {
    weekOf: 'date',
    status: 'status',
    percentComplete: 'percent',
    completed: 'list',
    nextSteps: 'list',
  },
  fieldsAreSections: true,
  // "Nov 16" is the nearest such day.
  dependsOn: { title: false, day: true },
  read: readWeeklyUpdate,
});
