import { accessLevels } from '../roles.ts';
import { accessLevel } from './access.ts';
import { addEpic } from './epics.ts';
import { appendNote } from './system-notes.ts';
import type { Act } from './types.ts';

/**
 * `/promote`: the issue becomes an epic of the project's group and is closed; each names the other in a system note.
 * @returns the epic's number; null where the tier or the role does not allow it
 */
export function promoteIssue({ world, project, issue, user }: Act): number | null {
  const group = world.groups.get(project.groupId);
  if (group === undefined || world.settings.tier === 'free' || issue.type !== 'issue') return null;
  if (issue.state !== 'opened' || accessLevel(world, project, user) < accessLevels.planner) return null;
  const { title, description, confidential } = issue;
  const iid = addEpic(world, group, { title, description, confidential, state: 'opened', issueIds: [] });
  const body = `promoted to epic ${group.path}&${iid}`;
  appendNote(world, issue, { body, authorId: user.id, system: true });
  return iid;
}
