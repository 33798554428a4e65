import type { Assessment, AssessTools } from '../../assess/assess.ts';
import { mondayOf } from '../../model/days.ts';
import { mainKind } from '../../model/document.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Finding } from '../../model/finding.ts';
import type { Issue, Note } from '../../model/issue.ts';
import { newestUpdate } from '../../model/updates.ts';
import { type CheckInKr, draftCheckIn } from '../../plan/check-in-draft.ts';

/** Reads the issues that may be KRs of an OKR. */
export interface KrReader {
  issue(project: string, iid: number): Promise<Issue>;
  assess(issue: Issue): Promise<Assessment>;
}

/** KRs beyond these are left to the owner. */
const most = 20;

/**
 * Where the bot asks the owner of an OKR for a check-in, one that is made from that week's updates of its KRs: open KRs
 * that link to the issue of the OKR, which GitLab notes there (docs/gitlab.md §24), so no list has to be searched.
 * Confidential ones are left out: not everyone who reads the OKR may know of them.
 * @param now ISO 8601 instant
 * @throws GatewayError when a KR could not be read, other than that it is not there or may not be seen
 */
export async function offeredCheckIn(
  okr: { issue: Issue; systemNotes: readonly Note[]; assessment: Assessment },
  krs: KrReader,
  { policy, documents }: AssessTools,
  now: string,
): Promise<string | null> {
  const { issue, assessment } = okr;
  const asking = assessment.findings.filter(asksForCheckIn);
  if (assessment.document.kind !== 'okr' || asking.length === 0) return null;
  const asked = asking.flatMap(({ proposals = [] }) => proposals).find(({ field }) => field === 'week');
  const week = asked?.value ?? mondayOf(assessment.context.today);
  const found: { kr: CheckInKr; number: number; ref: string }[] = [];
  for (const { project, iid } of mentionedIn(okr.systemNotes, issue)) {
    const candidate = await krs.issue(project, iid).catch(notThere);
    if (candidate === null || candidate.confidential || policy.unselected(candidate, now) !== null) continue;
    const { document, timeline } = await krs.assess(candidate);
    if (document.kind !== mainKind || isOfAnother(document.okrLink?.url ?? null, issue)) continue;
    const newest = timeline === undefined ? null : newestUpdate(timeline);
    const { number, reference, statement } = document.title;
    const named = number === null ? null : `KR${number}${reference === null ? '' : ` (${reference})`}`;
    const name = named ?? statement ?? candidate.ref;
    found.push({ kr: { name, newest }, number: number ?? Number.MAX_SAFE_INTEGER, ref: candidate.ref });
  }
  if (found.length === 0) return null;
  const inOrder = found.toSorted((a, b) => a.number - b.number || (a.ref < b.ref ? -1 : 1));
  const template = {
    text: policy.settings.grammar['check-in'].template,
    facts: documents.template('check-in'),
  };
  return draftCheckIn({ krs: inOrder.map(({ kr }) => kr), week, template });
}

/** There is none for this week, or the newest one lacks something. */
function asksForCheckIn({ rule, severity, waived, noteId }: Finding): boolean {
  return severity !== 'info' && waived === undefined && (rule === 'require-check-in' || noteId !== undefined);
}

/** Issues that name this one, as GitLab noted it: `mentioned in issue group/project#12`; the latest, each once. */
function mentionedIn(notes: readonly Note[], { ref }: Issue): { project: string; iid: number }[] {
  const own = ref.slice(0, ref.lastIndexOf('#'));
  const found = new Map<string, { project: string; iid: number }>();
  for (const { body } of notes.toReversed()) {
    const [, path = '', iid] =
      /^mentioned in (?:issue|work item) ([\w.-]+(?:\/[\w.-]+)*)?#(\d{1,10})$/i.exec(
        body.slice(0, 2_000).trim(),
      ) ?? [];
    if (iid === undefined || found.size >= most) continue;
    // Of a neighbour in the same group GitLab writes the name alone.
    const sibling = `${own.slice(0, own.lastIndexOf('/') + 1)}${path}`;
    const project = path === '' ? own : path.includes('/') ? path : sibling;
    const key = `${project.toLowerCase()}#${iid}`;
    if (key !== ref.toLowerCase() && !found.has(key)) found.set(key, { project, iid: Number(iid) });
  }
  return [...found.values()];
}

function notThere(error: unknown): null {
  const isHidden =
    error instanceof GatewayError &&
    (error.code === 'not-found' || error.code === 'forbidden') &&
    !error.fatal;
  if (isHidden) return null;
  throw error;
}

/** Whether the OKR link of a KR leads to another issue than this; a record elsewhere says nothing about it. */
function isOfAnother(url: string | null, { ref }: Issue): boolean {
  const [, path, iid] = /^https?:\/\/[^/]+\/(.+?)\/-\/(?:issues|work_items)\/(\d+)/i.exec(url ?? '') ?? [];
  return path !== undefined && !`${path}#${iid}`.toLowerCase().endsWith(ref.toLowerCase());
}
