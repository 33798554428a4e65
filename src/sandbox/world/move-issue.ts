import { canAdminIssue, requireWritable } from './access.ts';
import { errors } from './errors.ts';
import { labelsOf } from './labels.ts';
import { appendNote } from './system-notes.ts';
import type { Act, Issue, Project } from './types.ts';

/**
 * Moves an issue: a new one with a new id and iid in the target project, the old one closed with `moved_to_id` set.
 * Labels follow where the target has the same names. 400 to the same project or without rights.
 */
export function moveIssue({ world, project, issue, user }: Act, target: Project): Issue {
  requireWritable(project);
  if (target.id === project.id) throw errors.badRequest('Cannot move issue to project it originates from!');
  if (!canAdminIssue(world, project, user) || !canAdminIssue(world, target, user)) {
    throw errors.badRequest('Cannot move issue due to insufficient permissions!');
  }
  const now = world.clock.now().getTime();
  const names = new Set(issue.labelIds.map((id) => world.labels.get(id)?.name));
  const moved: Issue = {
    ...issue,
    id: world.nextId++,
    iid: target.nextIid++,
    projectId: target.id,
    labelIds: labelsOf(world, target)
      .filter((label) => names.has(label.name))
      .map((label) => label.id),
    milestoneId: null,
    updatedAt: now,
    notes: issue.notes.map((note) => ({ ...note, id: world.nextId++, awards: [] })),
    labelEvents: [],
    stateEvents: [],
  };
  target.issues.set(moved.iid, moved);
  world.issues.set(moved.id, moved);
  appendNote(world, moved, {
    body: `moved from ${project.path}#${issue.iid}`,
    authorId: user.id,
    system: true,
  });
  appendNote(world, issue, { body: `moved to ${target.path}#${moved.iid}`, authorId: user.id, system: true });
  issue.state = 'closed';
  issue.closedAt = now;
  issue.closedById = user.id;
  issue.movedToId = moved.id;
  issue.updatedAt = now;
  world.revision.membership += 1;
  world.revision.content += 1;
  return moved;
}
