import { applyActions, mayStillArrive } from '../../apply/apply-actions.ts';
import { addDays } from '../../model/days.ts';
import { digestMark, holdsDigest, withoutDigest } from '../../model/digest-mark.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Issue, Project } from '../../model/issue.ts';
import { isOwnUser, type NoteOwner } from '../../model/nudge-note.ts';
import { pingMark, pingMarker, pingsIn } from '../../model/ping-note.ts';
import type { PolicySettings } from '../../model/policy.ts';
import type { IssueMaker, IssueReader, IssueWriter } from '../../model/ports.ts';
import type { DigestDeed, DigestReport } from '../../model/report.ts';
import { type Digest, digestEdit } from '../../site/digest.ts';
import { ownershipIn } from '../run/note-owner.ts';

export interface DigestPorts {
  reader: IssueReader;
  /** Null: a dry run, which looks and plans. */
  writer: (IssueWriter & IssueMaker) | null;
  /** Waits a moment before looking whether an issue that GitLab did not confirm arrived. */
  settle?: () => Promise<void>;
}

/** Which digest it is. */
export interface DigestOf {
  settings: PolicySettings;
  /** `FY27-Q4`, and its first day. */
  quarter: string;
  start: string;
  /** The Monday of this week: a week has one comment. */
  monday: string;
}

interface Context extends DigestPorts, DigestOf {
  digest: Digest;
  project: Project;
  owner: NoteOwner;
}

/**
 * Keeps the one issue of a quarter: found by our marker in an issue of our own, created where there is none, edited in
 * place, and commented once a week for those who subscribe. GitLab has no compare-and-set, so, as with comments, a look
 * before a create and a look after it: of two that overlapping runs made the older stays, the younger is closed and is
 * no longer a digest. An issue that people closed is left alone.
 * @throws GatewayError when the project cannot be read or written
 */
export async function keepDigest(digest: Digest, of: DigestOf, ports: DigestPorts): Promise<DigestReport> {
  const project = await ports.reader.project(of.settings.digest.project ?? '');
  const { bot } = await ownershipIn(project.id, ports, of.settings);
  const context: Context = { ...of, ...ports, digest, project, owner: bot };
  const found = await digestsOf(context);
  if (found.length === 0) return create(context);
  return update(context, found);
}

/** Issues of ours with the marker of this quarter, oldest first; failing that, one with our title that lost it. */
async function digestsOf({ reader, settings, quarter, start, project, digest }: Context): Promise<Issue[]> {
  const me = await reader.currentUser();
  const { formerBots } = settings;
  const marked: Issue[] = [];
  const titled: Issue[] = [];
  const filter = {
    state: 'all' as const,
    labels: [],
    issueType: 'issue',
    // A day earlier, as days begin earlier elsewhere.
    createdAfter: `${addDays(start, -1)}T00:00:00Z`,
    ...(formerBots.length === 0 ? { authorId: me.id } : {}),
  };
  const mark = digestMark(settings.id, quarter);
  for await (const issue of reader.issues({ project: project.id }, filter)) {
    const { author, description, title } = issue;
    if (!isOwnUser(author, { userId: me.id, formerBots })) continue;
    if (description.includes(mark)) marked.push(issue);
    else if (title === digest.title && !holdsDigest(description)) titled.push(issue);
  }
  const all = marked.length > 0 ? marked : titled.slice(0, 1);
  return all.sort((a, b) => a.id - b.id);
}

async function create(context: Context): Promise<DigestReport> {
  const { writer, project, digest } = context;
  const detail = `create the digest issue “${digest.title}”`;
  if (writer === null) {
    const planned = 'planned' as const;
    return {
      ref: null,
      url: null,
      actions: [
        { type: 'create-issue', outcome: planned, detail },
        { type: 'create-note', outcome: planned, detail: commentDetail },
      ],
    };
  }
  const issue = { title: digest.title, description: `${digest.section}\n` };
  let made: Issue | null = null;
  try {
    made = await writer.createIssue(project.id, issue);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.outcome !== 'unknown' || error.fatal) throw error;
    await context.settle?.();
    if ((await digestsOf(context)).length === 0) {
      if (mayStillArrive(error)) throw error;
      made = await writer.createIssue(project.id, issue);
    }
  }
  const listed = await digestsOf(context);
  // A list may lag behind what was just made.
  const all = made === null || listed.some(({ id }) => id === made.id) ? listed : [...listed, made];
  const report = await update(context, all);
  return { ...report, actions: [{ type: 'create-issue', outcome: 'applied', detail }, ...report.actions] };
}

async function update(context: Context, [digest, ...younger]: readonly Issue[]): Promise<DigestReport> {
  if (digest === undefined) return { ref: null, url: null, actions: [] };
  const { ref, url } = digest;
  const retired = await retire(context, digest, younger);
  if (digest.state === 'closed') {
    const detail = `${ref} is closed, so it is left as it is`;
    return { ref, url, actions: [...retired, { type: 'update-issue', outcome: 'unchanged', detail }] };
  }
  const edited = await edit(context, digest);
  const comments = edited?.outcome === 'failed' ? [] : await comment(context, digest);
  return { ref, url, actions: [...retired, ...(edited === null ? [] : [edited]), ...comments] };
}

/** @returns null when the section is as it should be */
async function edit(
  { reader, writer, digest }: Context,
  { projectId, iid }: Issue,
): Promise<DigestDeed | null> {
  const type = 'update-issue' as const;
  const detail = 'write what changed into the digest';
  // In the last moment: people write around our section.
  const { description } = await reader.issue(projectId, iid);
  const next = digestEdit(description, digest.section);
  if (next === null) return null;
  if (hasCommand(description))
    return {
      type,
      outcome: 'failed',
      detail: `could not ${detail}: a line of the issue begins with “/”, and GitLab might carry it out in our name`,
    };
  if (writer === null) return { type, outcome: 'planned', detail };
  await writer.editIssue(projectId, iid, { description: next });
  return { type, outcome: 'applied', detail };
}

/** A line that might be a quick action. GitLab cuts those it knows, so what is left of them is seldom one. */
function hasCommand(text: string): boolean {
  let fence = '';
  for (const line of text.split(/\r?\n/)) {
    const [, ticks] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (ticks !== undefined && (fence === '' || ticks.startsWith(fence))) fence = fence === '' ? ticks : '';
    else if (fence === '' && /^\/[a-z_]/i.test(line)) return true;
  }
  return false;
}

const commentDetail = 'comment on the digest, once a week, for those who subscribe';

/** Three lines a week. Its marker holds the Monday, so that a run that died after it does not write it again. */
async function comment(context: Context, issue: Issue): Promise<DigestDeed[]> {
  const { reader, writer, owner, monday, settings, digest, settle } = context;
  if (writer === null) {
    const notes = pingsIn(await reader.notes(issue.projectId, issue.iid), owner);
    if (notes.some(({ body }) => pingMark(body)?.on === monday)) return [];
    return [{ type: 'create-note', outcome: 'planned', detail: commentDetail }];
  }
  const body = `${digest.comment}\n\n${pingMarker(monday, '', settings.id)}`;
  const action = { type: 'create-ping' as const, on: monday, body, detail: commentDetail };
  const outcomes = await applyActions([action], {
    issue,
    reader,
    writer,
    owner,
    ...(settle === undefined ? {} : { settle }),
  });
  return outcomes
    .filter(({ outcome }) => outcome !== 'unchanged')
    .map(({ type, outcome, detail }) => ({
      type: type === 'delete-note' ? 'delete-note' : 'create-note',
      outcome,
      detail,
    }));
}

/** What another run made at the same time is no longer a digest; what people wrote in it stays. */
async function retire(
  { writer, digest }: Context,
  kept: Issue,
  younger: readonly Issue[],
): Promise<DigestDeed[]> {
  const deeds: DigestDeed[] = [];
  for (const { projectId, iid, ref, description } of younger) {
    const detail = `close ${ref}, a second digest that another run made at the same time`;
    const change = {
      title: `${digest.title} (duplicate)`,
      description: withoutDigest(description, `Duplicate of #${kept.iid}.`),
      stateEvent: 'close' as const,
    };
    if (writer !== null) await writer.editIssue(projectId, iid, change);
    deeds.push({ type: 'close-issue', outcome: writer === null ? 'planned' : 'applied', detail });
  }
  return deeds;
}
