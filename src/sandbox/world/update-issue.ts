import { accessLevels } from '../roles.ts';
import { accessLevel, canAdminIssue, canReadIssue, canSeeProject, requireWritable } from './access.ts';
import { noteChanges, toldOf } from './change-notes.ts';
import { errors } from './errors.ts';
import type { IssueChange } from './issue-change.ts';
import { changedLabels, type LabelChange } from './labels.ts';
import { notifyAssigned, notifyDescription, notifyState } from './notify.ts';
import { extractCommands } from './quick-actions.ts';
import { runCommands } from './run-commands.ts';
import { crossReference } from './system-notes.ts';
import type { Issue, Project, User, World } from './types.ts';

/**
 * Changes an issue with the rights of `user`: everything at once, as one PUT does. Planner and above change metadata;
 * the author and assignees below that change title, description and state, and the rest is dropped without a word.
 * Throws 403 for others and in archived projects.
 */
export function updateIssue(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  asked: IssueChange,
): void {
  requireWritable(project);
  const admin = canAdminIssue(world, project, user);
  const own = issue.authorId === user.id || issue.assigneeIds.includes(user.id);
  if (!admin && !own) throw errors.forbidden();
  const change: IssueChange = admin
    ? asked
    : { title: asked.title, description: asked.description, stateEvent: asked.stateEvent };
  const now = world.clock.now().getTime();
  const before = toldOf(issue);
  const done = [
    changeText(world, project, issue, user, change),
    changeLabels(world, project, issue, user, change, now),
    changeAssignees(world, project, issue, user, change.assigneeIds),
    changeFields(issue, change),
    changeState(world, project, issue, user, change.stateEvent),
  ];
  if (done.includes(true)) issue.updatedAt = now;
  noteChanges(world, issue, user, before);
  if (change.updatedAt !== undefined && accessLevel(world, project, user) >= accessLevels.owner) {
    issue.updatedAt = change.updatedAt;
  }
  world.revision.content += 1;
}

function changeText(world: World, project: Project, issue: Issue, user: User, change: IssueChange): boolean {
  let changed = false;
  if (change.title !== undefined && change.title !== issue.title) {
    issue.title = change.title;
    changed = true;
  }
  if (change.description === undefined || change.description === issue.description) return changed;
  const before = issue.description;
  const { text, commands } = extractCommands(change.description ?? '');
  issue.description = commands.length > 0 ? text : change.description;
  notifyDescription(world, project, issue, user, before);
  crossReference(world, project, issue, user, issue.description ?? '');
  runCommands(world, project, issue, user, commands, (more) => {
    updateIssue(world, project, issue, user, more);
  });
  return true;
}

function changeLabels(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  change: LabelChange,
  now: number,
): boolean {
  if (!change.labels && !change.add && !change.remove) return false;
  const before = issue.labelIds;
  const after = changedLabels(world, project, user, issue, change);
  const events = [
    ...after.filter((id) => !before.includes(id)).map((labelId) => ({ labelId, action: 'add' as const })),
    ...before.filter((id) => !after.includes(id)).map((labelId) => ({ labelId, action: 'remove' as const })),
  ];
  issue.labelIds = after;
  for (const event of events) {
    issue.labelEvents.push({ ...event, id: world.nextId++, userId: user.id, createdAt: now });
  }
  return events.length > 0;
}

/** One assignee at most on Free; users who cannot read the issue are dropped. */
function changeAssignees(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  asked?: number[],
): boolean {
  if (!asked) return false;
  const readers = asked.filter((id) => {
    const candidate = world.users.get(id);
    return (
      candidate !== undefined &&
      canSeeProject(world, { user: candidate }, project) &&
      canReadIssue(world, project, candidate, { ...issue, confidential: false })
    );
  });
  const before = issue.assigneeIds;
  issue.assigneeIds = world.settings.tier === 'free' ? readers.slice(0, 1) : [...new Set(readers)];
  const added = issue.assigneeIds.filter((id) => !before.includes(id));
  notifyAssigned(world, project, issue, user, added);
  return added.length > 0 || before.length !== issue.assigneeIds.length;
}

function changeFields(issue: Issue, change: IssueChange): boolean {
  const wanted: Partial<Issue> = {};
  if (change.dueDate !== undefined) wanted.dueDate = change.dueDate;
  if (change.milestoneId !== undefined) wanted.milestoneId = change.milestoneId;
  if (change.weight !== undefined) wanted.weight = change.weight;
  if (change.confidential !== undefined) wanted.confidential = change.confidential;
  if (change.discussionLocked !== undefined) wanted.discussionLocked = change.discussionLocked;
  if (change.type !== undefined) wanted.type = change.type;
  const changed = Object.entries(wanted).some(([key, value]) => issue[key as keyof Issue] !== value);
  Object.assign(issue, wanted);
  return changed;
}

/** Closing a closed issue is a success without effect. */
function changeState(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  asked?: 'close' | 'reopen',
): boolean {
  const state = asked === 'close' ? 'closed' : 'opened';
  if (!asked || issue.state === state) return false;
  issue.state = state;
  issue.closedAt = state === 'closed' ? world.clock.now().getTime() : null;
  issue.closedById = state === 'closed' ? user.id : null;
  const event = state === 'closed' ? 'closed' : 'reopened';
  issue.stateEvents.push({
    id: world.nextId++,
    userId: user.id,
    state: event,
    createdAt: world.clock.now().getTime(),
  });
  notifyState(world, project, issue, user);
  return true;
}
