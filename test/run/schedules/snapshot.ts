import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { IssueSeed } from '../../../src/sandbox/seed.ts';
import type { Issue } from '../../../src/sandbox/world/types.ts';
import { asksForSomething, isNudge, withoutHistory } from '../../helpers/nudges.ts';
import { projectId } from '../../helpers/world.ts';
import { nudges } from './backlog.ts';

export const okLabel = 'kr-hygiene::ok';
export const attentionLabel = 'kr-hygiene::needs-attention';

/** What matters of one issue, as GitLab has it. */
export interface IssueView {
  iid: number;
  /** Whether the policy selects it. */
  selected: boolean;
  /** Whether people asked for silence: labels are kept right, no comment is written or changed. */
  locked: boolean;
  ours: string[];
  nudges: string[];
  /** What people wrote: everything that is not the bot's business. */
  people: unknown;
}

export function viewOf(sandbox: Sandbox, issue: Issue): IssueView {
  const labels = sandbox.state.labels(projectId, issue.iid).toSorted();
  const selected = issue.state === 'opened' && labels.includes('KR');
  const bot = sandbox.state.user('kr-bot').id;
  return {
    iid: issue.iid,
    selected,
    locked: issue.discussionLocked === true,
    ours: labels.filter((label) => label.startsWith('kr-hygiene::')),
    nudges: nudges(sandbox, issue.iid).map((note) => note.body),
    people: {
      title: issue.title,
      description: issue.description,
      state: issue.state,
      dueDate: issue.dueDate,
      assigneeIds: [...issue.assigneeIds],
      locked: issue.discussionLocked,
      labels: labels.filter((label) => !label.startsWith('kr-hygiene::')),
      notes: issue.notes
        .filter((note) => !note.system && !(note.authorId === bot && isNudge(note.body)))
        .map(({ id, body, authorId }) => ({ id, body, authorId })),
    },
  };
}

export function viewAll(sandbox: Sandbox): IssueView[] {
  return sandbox.state.issues(projectId).map((issue) => viewOf(sandbox, issue));
}

/**
 * What must be equal however one came there: labels, and what the comment says, without its memory of how it came
 * there (see `withoutHistory`). A comment that asks for nothing any more counts as none: an issue that was always in
 * order has none. Issues that are no KRs (any more) are left out; on locked ones, and where somebody deleted it, the
 * comment is.
 */
export function settledState(sandbox: Sandbox, deleted: ReadonlySet<number>): unknown {
  return viewAll(sandbox)
    .filter((view) => view.selected)
    .map(({ iid, ours, locked, nudges }) => ({
      iid,
      labels: ours,
      asks: locked || deleted.has(iid) ? 'silent' : nudges.filter(asksForSomething).map(withoutHistory),
    }));
}

/** The same issues as if the bot had never been there: texts, people's labels and dates, no comments. */
export function untouchedSeeds(sandbox: Sandbox): IssueSeed[] {
  const { world } = sandbox.state;
  const name = (id: number): string => world.users.get(id)?.username ?? 'carol';
  return sandbox.state.issues(projectId).map((issue) => ({
    iid: issue.iid,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    author: name(issue.authorId),
    assignees: issue.assigneeIds.map(name),
    labels: sandbox.state.labels(projectId, issue.iid).filter((label) => !label.startsWith('kr-hygiene::')),
    dueDate: issue.dueDate,
    discussionLocked: issue.discussionLocked,
    createdAt: new Date(issue.createdAt).toISOString(),
  }));
}
