import type { z } from 'zod';
import type { DocumentKind, Place } from '../model/document.ts';
import type { FindingSubject } from '../model/finding.ts';
import type { PlanFolder, PlanPage, PlanState } from '../model/plan-folder.ts';
import type { FolderReport } from '../model/rule.ts';
import { type DataOf, filling, type MessageTexts, type MessageValue, type RuleHead } from './rule.ts';

interface FolderReportDetails {
  /** The page in which it can be fixed. */
  page: PlanPage;
  place: Place | null;
  subject?: FindingSubject;
  /** Something could not be looked up: told as `info`, whatever the severity of the rule. */
  unknown?: boolean;
}

/** As for rules over one document: a slip in the id of a message, or in a placeholder, does not compile. */
export type FolderReportOf<M extends Record<string, MessageTexts>> = {
  [Id in keyof M & string]: { message: Id } & DataOf<M[Id]> & FolderReportDetails;
}[keyof M & string];

/** A case of a folder rule's documentation; each is run as a test. */
export interface FolderRuleExample {
  /** What the example shows, as a short phrase. */
  shows: string;
  options?: Record<string, unknown>;
  /** Path of a file in the folder → its lines. */
  pages: Readonly<Record<string, readonly string[]>>;
  /** What GitLab says of each epic or issue, by what the pages call it; left out: GitLab is not asked. */
  online?: PlanFolderOnline;
  /** What pages said of their step before; a page that is left out is new. Left out as a whole: not compared. */
  before?: Readonly<Record<string, PlanState>>;
  /** `YYYY-MM-DD`; 2026-11-23 when left out. */
  today?: string;
  /** `path: message` of each report, in order; empty: all is well. */
  reports: readonly string[];
}

type PlanFolderOnline = Readonly<
  Record<
    string,
    | 'unknown'
    | {
        state: 'opened' | 'closed';
        issues?: readonly { title: string; state?: 'opened' | 'closed' }[] | 'unknown';
        promotedTo?: string;
      }
  >
>;

export interface FolderRuleDefinition<M extends Record<string, MessageTexts>, S extends z.ZodObject>
  extends RuleHead<S> {
  kind: DocumentKind;
  messages: M;
  /** True for a rule that rests on what GitLab says of epics and issues: `lint --online`. */
  online?: boolean;
  examples: readonly FolderRuleExample[];
  check(this: void, folder: PlanFolder, options: z.output<S>): Iterable<FolderReportOf<M>>;
}

/** A rule over all pages of a folder, with its types forgotten. */
export interface FolderRule
  extends Omit<FolderRuleDefinition<Record<string, MessageTexts>, z.ZodObject>, 'check'> {
  scope: 'folder';
  online: boolean;
  /**
   * The rule with its options bound.
   * @param options as `options` parsed them
   * @param texts message texts of the team's own, by message id
   */
  bind(
    options: unknown,
    texts?: Readonly<Record<string, string>>,
  ): (folder: PlanFolder) => Iterable<FolderReport>;
}

/** Defines one rule over a folder; one rule a file, the file named after its id. */
export function defineFolderRule<const M extends Record<string, MessageTexts>, S extends z.ZodObject>(
  definition: FolderRuleDefinition<M, S>,
): FolderRule {
  const { check, online = false, ...meta } = definition;
  return {
    ...meta,
    scope: 'folder',
    online,
    bind: (options, texts = {}) =>
      function* run(folder) {
        for (const report of check(folder, options as z.output<S>)) {
          const message = meta.messages[report.message] as MessageTexts;
          const data: Record<string, MessageValue> = report.data ?? {};
          yield {
            path: report.page.path,
            unknown: report.unknown ?? false,
            messageId: report.message,
            message: filling(texts[report.message] ?? message.text)(data),
            hint: message.hint === undefined ? null : filling(message.hint)(data),
            place: report.place,
            subject: report.subject ?? { part: 'text' },
          };
        }
      },
  };
}
