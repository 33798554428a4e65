import { accessLevels } from '../roles.ts';
import { accessLevel, canAdminIssue, canReadIssue, canSeeProject, requireWritable } from './access.ts';
import { noteChanges, toldOf } from './change-notes.ts';
import { errors } from './errors.ts';
import type { IssueChange } from './issue-change.ts';
import { changedLabels, type LabelChange } from './labels.ts';
import { notifyAssigned, notifyDescription, notifyState } from './notify.ts';
import { type Command, extractCommands } from './quick-actions.ts';
import { type CommandResult, runCommands } from './run-commands.ts';
import { crossReference } from './system-notes.ts';
import type { Act, Issue } from './types.ts';

/**
 * Changes an issue with the rights of `user`: everything at once, as one PUT does. Planner and above change metadata;
 * the author and assignees below that change title, description and state, and the rest is dropped without a word.
 * Throws 403 for others and in archived projects.
 */
export function updateIssue(act: Act, asked: IssueChange): void {
  const { world, project, issue, user } = act;
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
    changeText(act, change),
    changeLabels(act, change, now),
    changeAssignees(act, change.assigneeIds),
    changeFields(issue, change),
    changeState(act, change.stateEvent),
  ];
  if (done.includes(true)) issue.updatedAt = now;
  noteChanges(act, before);
  if (change.updatedAt !== undefined && accessLevel(world, project, user) >= accessLevels.owner) {
    issue.updatedAt = change.updatedAt;
  }
  world.revision.content += 1;
}

function changeText(act: Act, change: IssueChange): boolean {
  const { issue } = act;
  let changed = false;
  if (change.title !== undefined && change.title !== issue.title) {
    issue.title = change.title;
    changed = true;
  }
  if (change.description === undefined || change.description === issue.description) return changed;
  const before = issue.description;
  const { text, commands } = extractCommands(change.description ?? '');
  issue.description = commands.length > 0 ? text : change.description;
  notifyDescription(act, before);
  crossReference(act, issue.description ?? '');
  applyCommands(act, commands);
  return true;
}

/** Runs quick actions; what they change is changed as if it had been asked for. */
export function applyCommands(act: Act, commands: Command[]): CommandResult {
  return runCommands(act, commands, (change) => {
    updateIssue(act, change);
  });
}

function changeLabels(act: Act, change: LabelChange, now: number): boolean {
  const { world, issue, user } = act;
  if (!change.labels && !change.add && !change.remove) return false;
  const before = issue.labelIds;
  const after = changedLabels(act, change);
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
function changeAssignees(act: Act, asked?: number[]): boolean {
  const { world, project, issue } = act;
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
  notifyAssigned(act, added);
  return added.length > 0 || before.length !== issue.assigneeIds.length;
}

function changeFields(issue: Issue, change: IssueChange): boolean {
  const keys = ['dueDate', 'milestoneId', 'weight', 'confidential', 'discussionLocked', 'type'] as const;
  const changed = keys.filter((key) => change[key] !== undefined && change[key] !== issue[key]);
  for (const key of changed) Object.assign(issue, { [key]: change[key] });
  return changed.length > 0;
}

/** Closing a closed issue is a success without effect. */
function changeState(act: Act, asked?: 'close' | 'reopen'): boolean {
  const { world, issue, user } = act;
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
  notifyState(act);
  return true;
}
