import type {
  DateField,
  DocumentKind,
  KrHygieneDocument,
  ListField,
  StatusField,
  TextField,
  Unread,
} from '../model/document.ts';
import { readTitle } from './values/title.ts';

const text = (): TextField => ({ text: '', problem: 'missing', place: null });
const list = (): ListField => ({ items: 0, text: '', problem: 'missing', place: null });
const date = (): DateField => ({ raw: '', date: null, inferred: false, problem: 'missing', place: null });
const status = (): StatusField => ({ raw: '', value: null, problem: 'missing', place: null });

/** The document of a text that was not read: every field missing, and why. */
export function unreadDocument(kind: DocumentKind, title: string, unread: Unread): KrHygieneDocument {
  const base = { leftovers: [], unread };
  switch (kind) {
    case 'kr':
      return {
        kind,
        title: readTitle(title),
        okrLink: null,
        okrLinkProblem: 'missing',
        okrLinkText: null,
        okrLinkPlace: null,
        objective: text(),
        milestones: [],
        milestonesPlace: null,
        ...base,
      };
    case 'weekly-update':
      return {
        kind,
        weekOf: date(),
        status: status(),
        percentComplete: { raw: '', value: null, problem: 'missing', place: null },
        completed: list(),
        nextSteps: list(),
        ...base,
      };
    case 'okr':
      return { kind, objective: text(), roadmapItem: text(), dependencies: [], budget: text(), ...base };
    case 'check-in':
      return { kind, status: status(), accomplished: text(), nextSteps: text(), ...base };
    case 'plan':
      return { kind, title: text(), epics: [], sections: [], links: [], ...base };
    default:
      throw new TypeError(`no such kind of document: ${String(kind)}`);
  }
}
