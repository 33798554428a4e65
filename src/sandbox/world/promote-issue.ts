import { accessLevels } from '../roles.ts';
import { accessLevel } from './access.ts';
import { appendNote } from './system-notes.ts';
import type { Group, Issue, Project, User, World } from './types.ts';

/**
 * `/promote`: the issue becomes an epic of the project's group and is closed; each names the other in a system note.
 * @returns the epic's number; null where the tier or the role does not allow it
 */
export function promoteIssue(world: World, project: Project, issue: Issue, user: User): number | null {
  const group: Group | undefined = world.groups.get(project.groupId);
  if (group === undefined || world.settings.tier === 'free' || issue.type !== 'issue') return null;
  if (issue.state !== 'opened' || accessLevel(world, project, user) < accessLevels.planner) return null;
  const now = world.clock.now().getTime();
  const iid = Math.max(0, ...group.epics.keys()) + 1;
  group.epics.set(iid, {
    id: world.nextId++,
    iid,
    workItemId: world.nextId++,
    title: issue.title,
    description: issue.description,
    state: 'opened',
    confidential: issue.confidential,
    issueIds: [],
    createdAt: now,
  });
  appendNote(world, issue, {
    body: `promoted to epic ${group.path}&${iid}`,
    authorId: user.id,
    system: true,
  });
  return iid;
}
