import { accessLevels } from '../roles.ts';
import { errors } from './errors.ts';
import { groupsFrom } from './namespaces.ts';
import type { Act, Group, Issue, Note, Project, User, World } from './types.ts';

/** Who asks: a user, or null for a request without a token; and what the token is confined to. */
export interface Actor {
  user: User | null;
  projectId?: number | null;
  groupId?: number | null;
}

/** Highest access level from the project and all ancestor groups; 0 for none. */
export function accessLevel(world: World, project: Project, user: User | null): number {
  if (!user) return 0;
  if (user.admin) return accessLevels.owner;
  return Math.max(project.members.get(user.id) ?? 0, groupLevel(world, project.groupId, user));
}

function groupLevel(world: World, groupId: number, user: User): number {
  return Math.max(0, ...groupsFrom(world, groupId).map(({ members }) => members.get(user.id) ?? 0));
}

export function isInGroup(world: World, groupId: number, ancestorId: number): boolean {
  return groupsFrom(world, groupId).some(({ id }) => id === ancestorId);
}

export function canSeeProject(world: World, actor: Actor, project: Project): boolean {
  if (actor.projectId && actor.projectId !== project.id) return false;
  if (actor.groupId && !isInGroup(world, project.groupId, actor.groupId)) return false;
  if (project.visibility === 'public') return true;
  if (!actor.user) return false;
  return project.visibility === 'internal' || accessLevel(world, project, actor.user) >= accessLevels.guest;
}

export function canSeeGroup(world: World, actor: Actor, group: Group): boolean {
  if (actor.projectId) return false;
  if (actor.groupId && !isInGroup(world, group.id, actor.groupId)) return false;
  if (group.visibility === 'public') return true;
  if (!actor.user) return false;
  if (group.visibility === 'internal' || groupLevel(world, group.id, actor.user) > 0 || actor.user.admin)
    return true;
  return [...world.projects.values()].some(
    (project) =>
      isInGroup(world, project.groupId, group.id) &&
      accessLevel(world, project, actor.user) >= accessLevels.guest,
  );
}

/** Confidential issues: Planner and above, the author and the assignees (doc/user/permissions.md). */
export function canReadIssue(world: World, project: Project, user: User | null, issue: Issue): boolean {
  if (!issue.confidential) return true;
  if (!user) return false;
  if (accessLevel(world, project, user) >= accessLevels.planner) return true;
  return issue.authorId === user.id || issue.assigneeIds.includes(user.id);
}

/** An issue of any project; undefined where it is gone or the asker may not read it. */
export function readableIssue(world: World, actor: Actor, id: number): Issue | undefined {
  const issue = world.issues.get(id);
  const project = world.projects.get(issue?.projectId ?? -1);
  if (!issue || !project || !canSeeProject(world, actor, project)) return undefined;
  return canReadIssue(world, project, actor.user, issue) ? issue : undefined;
}

export function canReadNote(world: World, project: Project, user: User | null, note: Note): boolean {
  if (note.hidden) return false;
  if (note.aboutIssueId !== null && !readableIssue(world, { user }, note.aboutIssueId)) return false;
  if (!note.internal) return true;
  return accessLevel(world, project, user) >= world.settings.internalNoteRole || note.authorId === user?.id;
}

/** Metadata: labels, dates, assignees, milestone. */
export function canAdminIssue(world: World, project: Project, user: User): boolean {
  return accessLevel(world, project, user) >= accessLevels.planner;
}

export function canCreateLabels(world: World, project: Project, user: User): boolean {
  return accessLevel(world, project, user) >= world.settings.createLabelRole;
}

/** Locked discussions are for members; archived projects for no one. 403 in both cases. */
export function requireCommenting({ world, project, issue, user }: Act): void {
  requireWritable(project);
  if (issue.discussionLocked && accessLevel(world, project, user) < accessLevels.guest)
    throw errors.forbidden();
}

export function requireWritable(project: Project): void {
  if (project.archived) throw errors.forbidden();
}

/** The author, or Maintainer and above; never system notes. */
export function requireNoteAdmin(act: Act, note: Note): void {
  const { world, project, user } = act;
  requireCommenting(act);
  if (note.system) throw errors.forbidden();
  if (note.authorId !== user.id && accessLevel(world, project, user) < accessLevels.maintainer) {
    throw errors.forbidden();
  }
}

/** Resolving: Planner and above, or the issue's author. */
export function canResolve({ world, project, issue, user }: Act): boolean {
  return accessLevel(world, project, user) >= accessLevels.planner || issue.authorId === user.id;
}
