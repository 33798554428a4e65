import type {
  DocumentBase,
  HiddenText,
  KrMilestone,
  KrTitle,
  OkrLink,
  OkrLinkProblem,
  Place,
  TextField,
} from '../../model/document.ts';
import { defineKind } from '../kind.ts';
import { readKr } from './read.ts';

interface KeyResult extends DocumentBase {
  kind: 'kr';
  title: KrTitle;
  okrLink: OkrLink | null;
  okrLinkProblem: OkrLinkProblem | null;
  /** What is in the OKR section when it holds no record: for quoting. */
  okrLinkText?: string | null;
  /** Where the OKR section or field is, link or no link; null when there is none. */
  okrLinkPlace?: Place | null;
  objective: TextField;
  milestones: KrMilestone[];
  /** The heading of the milestones, if there is one. */
  milestonesPlace?: Place | null;
  /** Where there are no milestones, what is hidden in a comment. */
  milestonesHidden?: HiddenText;
}

declare module '../../model/document.ts' {
  interface Documents {
    kr: KeyResult;
  }
}

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
