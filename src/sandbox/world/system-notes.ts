import { readableIssue } from './access.ts';
import { discussionIdFor } from './ids.ts';
import { referencedIssues } from './markdown.ts';
import { projectAt } from './namespaces.ts';
import type { Act, Issue, Note, World } from './types.ts';

/** GitLab leaves `updated_at` alone when the issue was updated less than a minute ago (TOUCH_INTERVAL). */
const touchInterval = 60_000;

export function touch(world: World, issue: Issue): void {
  const now = world.clock.now().getTime();
  if (now - issue.updatedAt < touchInterval) return;
  issue.updatedAt = now;
  world.revision.content += 1;
}

/** Puts a note on an issue and touches it. No checks, no notifications. */
export function appendNote(
  world: World,
  issue: Issue,
  fields: Pick<Note, 'body' | 'authorId'> & Partial<Note>,
): Note {
  const now = world.clock.now().getTime();
  const id = world.nextId++;
  const note: Note = {
    id,
    createdAt: now,
    updatedAt: now,
    system: false,
    internal: false,
    type: null,
    discussionId: discussionIdFor(id),
    resolvedById: null,
    resolvedAt: null,
    hidden: false,
    aboutIssueId: null,
    awards: [],
    ...fields,
  };
  issue.notes.push(note);
  if (!note.system) issue.userNotesCount += 1;
  touch(world, issue);
  return note;
}

/** Naming another issue leaves a system note there, once. */
export function crossReference({ world, project, issue, user }: Act, text: string): void {
  for (const { path, iid } of referencedIssues(text)) {
    const full = path === null ? project.path : path.includes('/') ? path : siblingPath(project.path, path);
    const target = projectAt(world, full)?.issues.get(iid);
    if (!target || target.id === issue.id || !readableIssue(world, { user }, target.id)) continue;
    const reference = target.projectId === project.id ? `#${issue.iid}` : `${project.path}#${issue.iid}`;
    const body = `mentioned in issue ${reference}`;
    if (target.notes.some((note) => note.system && note.body === body)) continue;
    appendNote(world, target, { body, authorId: user.id, system: true, aboutIssueId: issue.id });
  }
}

function siblingPath(path: string, name: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${name}`;
}
