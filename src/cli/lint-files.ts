import path from 'node:path';
import { assess } from '../assess/assess.ts';
import { inOrderOfText } from '../assess/evaluate.ts';
import { isFolder } from '../files/paths.ts';
import { listPages, outsideOf } from '../files/tree.ts';
import { type DocumentKind, type DocumentOf, type KrHygieneDocument, mainKind } from '../model/document.ts';
import { UsageError } from '../model/errors.ts';
import type { Finding, SkippedRule } from '../model/finding.ts';
import type { PlanFolder } from '../model/plan-folder.ts';
import type { AsyncDocumentReader } from '../model/reader.ts';
import type { SubjectReport } from '../model/report.ts';
import type { Policy } from '../model/rule.ts';
import { unreadDocument } from '../parse/unread.ts';
import { listsPlans, pageTextOf } from '../plans/page.ts';
import { quoted } from '../text/visible.ts';
import { type FolderResult, type LookUp, lintFolder } from '../usecases/plans/lint-folder.ts';
import { splitFrontMatter } from './front-matter.ts';
import { readInput } from './input.ts';
import type { Io } from './io.ts';
import type { CheckedFile } from './lint-fix.ts';
import { folderPathOf } from './plan-folder.ts';
import { statesAt } from './plan-history.ts';

/** What checking a text takes. */
export interface LintTools {
  policy: Policy;
  documents: AsyncDocumentReader;
  now: string;
  io: Io;
  env: NodeJS.ProcessEnv;
  kind: DocumentKind | undefined;
  title: string | undefined;
  /** Asks GitLab about epics and issues; null: offline. */
  lookUp: LookUp | null;
  /** The commit that the steps of plans are compared with; null: not compared. */
  base: string | null;
}

export interface LintResult {
  checked: CheckedFile[];
  /** What a reader has to know besides the findings. */
  notes: string[];
  folders: FolderResult[];
}

type ReadFile = CheckedFile & { document: KrHygieneDocument | null };

/**
 * Checks everything that was named: files one by one; a folder page by page, and with the kind `plan` as a whole too.
 * @throws UsageError when a folder cannot be read or has no pages
 */
export async function checkNamed(named: readonly string[], tools: LintTools): Promise<LintResult> {
  const result: LintResult = { checked: [], notes: [], folders: [] };
  const seen = new Set<string>();
  for (const one of named) {
    const files = one !== '-' && isFolder(one) ? await checkFolderNamed(one, tools, result) : null;
    for (const file of files ?? [await checkFile(one, tools)]) {
      const place = file.file === '-' ? '-' : path.resolve(file.file);
      if (seen.has(place)) continue;
      seen.add(place);
      result.checked.push(file);
    }
  }
  return result;
}

async function checkFolderNamed(named: string, tools: LintTools, result: LintResult): Promise<CheckedFile[]> {
  const { pages, files, notes } = await listPages(named);
  result.notes.push(...notes);
  if (pages.length === 0) throw new UsageError(`${quoted(named)}: there is no Markdown file in this folder.`);
  const read: ReadFile[] = [];
  for (const page of pages) read.push(await checkFile(path.join(named, page), tools));
  if (tools.kind !== 'plan') return read;
  const folder = await lintFolder(
    {
      name: named,
      pages: read.map(({ file, text, document }, index) => ({
        file,
        path: pages[index] as string,
        source: text,
        document: document?.kind === 'plan' ? document : unreadPlan,
      })),
      files,
      folderPath: folderPathOf(named),
      lookOutside: outsideOf(named, tools.env['CI_PROJECT_DIR']),
      before: await statesBefore(named, pages, tools, result),
    },
    tools.policy,
    tools.now,
    tools.lookUp,
  );
  result.folders.push(folder);
  result.notes.push(...folder.notes);
  const roles = new Map(folder.folder.pages.map((page) => [page.path, page.role]));
  return read.map((file, index) => {
    const at = pages[index] as string;
    const own = (roles.get(at) ?? 'plan') === 'plan' ? file.subject.findings : unreadOnly(file);
    return { ...file, subject: withFindings(file.subject, own, folder.findings.get(at) ?? []) };
  });
}

/** A commit that was named must be there; where the pipeline names it, that it is not is only told. */
async function statesBefore(
  named: string,
  pages: readonly string[],
  { base, env }: LintTools,
  { notes }: LintResult,
): Promise<PlanFolder['before']> {
  const wanted = base ?? (env['CI_MERGE_REQUEST_DIFF_BASE_SHA'] || null);
  if (wanted === null) return null;
  try {
    return await statesAt(wanted, named, pages);
  } catch (error) {
    if (base !== null || !(error instanceof UsageError)) throw error;
    notes.push(error.message);
    return null;
  }
}

/** A page that could not be read still exists. */
const unreadPlan = unreadDocument('plan', {}, '', {
  reason: 'too-complex',
  detail: 'could not be read',
}) as DocumentOf<'plan'>;

/** Of a page that is not a plan, it is only reported that it could not be read. */
function unreadOnly({ document, subject }: ReadFile): Finding[] {
  return document?.unread === null ? [] : subject.findings;
}

function withFindings(
  subject: SubjectReport,
  own: readonly Finding[],
  more: readonly Finding[],
): SubjectReport {
  const findings = [...own, ...more].toSorted(inOrderOfText);
  if (subject.error !== null) return subject;
  return { ...subject, findings, status: findings.length > 0 ? 'findings' : 'clean' };
}

/** A file that cannot be read, or whose front matter is broken, is reported; the others are still checked. */
async function checkFile(file: string, tools: LintTools): Promise<ReadFile> {
  const empty = { kind: tools.kind ?? mainKind, ref: nameOf(file), title: '', confidential: false } as const;
  try {
    const text = await readInput(file, tools.io);
    return { file, text, ...(await check(text, file, tools)) };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const subject = { ...subjectOf(empty, [], []), status: 'error' as const, error: error.message };
    return { file, text: '', subject, document: null };
  }
}

/** Reads and checks one text. */
export async function check(
  text: string,
  file: string,
  tools: LintTools,
): Promise<{ subject: SubjectReport; document: KrHygieneDocument }> {
  const split = splitFrontMatter(text, nameOf(file), { ofIssue: tools.kind !== 'plan' });
  const kind = tools.kind ?? split.kind ?? mainKind;
  const facts = tools.title === undefined ? split.facts : { ...split.facts, title: tools.title };
  // A plan's title is in its front matter, so the plan reader gets the file as it is.
  const source = kind === 'plan' ? text : split.body;
  const { document, findings, skipped } = await assess({ kind, source, facts }, tools, tools.now);
  const { title = '', confidential = false } = facts;
  const said = findings.length > 0 && isIndex(document, text) ? [] : findings;
  return { subject: subjectOf({ kind, ref: nameOf(file), title, confidential }, said, skipped), document };
}

/** A page that lists plans is the index of their folder, and no plan: what is asked of plans is not asked of it. */
function isIndex(document: KrHygieneDocument, text: string): boolean {
  if (document.kind !== 'plan' || document.unread !== null || document.epics.length > 0) return false;
  return listsPlans(pageTextOf(text));
}

function subjectOf(
  head: Pick<SubjectReport, 'kind' | 'ref' | 'title' | 'confidential'>,
  findings: Finding[],
  skippedRules: SkippedRule[],
): SubjectReport {
  return {
    ...head,
    projectId: null,
    iid: null,
    url: null,
    status: findings.length > 0 ? 'findings' : 'clean',
    findings,
    skippedRules,
    actions: [],
    comment: null,
    restraint: null,
    error: null,
  };
}

function nameOf(file: string): string {
  return file === '-' ? '<stdin>' : file;
}
