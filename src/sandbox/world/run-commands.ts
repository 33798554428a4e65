import { canAdminIssue } from './access.ts';
import type { IssueChange } from './issue-change.ts';
import { labelsOf } from './labels.ts';
import { moveIssue } from './move-issue.ts';
import { promoteIssue } from './promote-issue.ts';
import type { Command } from './quick-actions.ts';
import type { Issue, Project, User, World } from './types.ts';

export interface CommandResult {
  /** What GitLab answers as `commands_changes`. */
  changes: Record<string, unknown>;
  /** One sentence for each command that took effect. */
  summary: string[];
  failures: string[];
}

interface Effect {
  change?: IssueChange;
  /** Shown as `commands_changes`. */
  report?: Record<string, unknown>;
  sentence: string;
  also?: () => void;
}

/** Runs quick actions with the rights of `user`, in order; `apply` updates the issue. */
export function runCommands(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  commands: Command[],
  apply: (change: IssueChange) => void,
): CommandResult {
  const result: CommandResult = { changes: {}, summary: [], failures: [] };
  for (const command of commands) {
    if (command.name === 'shrug' || command.name === 'tableflip') continue;
    const effect = effectOf(world, project, issue, user, command);
    if (!effect) {
      result.failures.push(`Could not apply ${command.name} command.`);
      continue;
    }
    if (effect.change) apply(effect.change);
    effect.also?.();
    Object.assign(result.changes, effect.report ?? {});
    result.summary.push(effect.sentence);
  }
  return result;
}

function effectOf(world: World, project: Project, issue: Issue, user: User, command: Command): Effect | null {
  const admin = canAdminIssue(world, project, user);
  const own = issue.authorId === user.id || issue.assigneeIds.includes(user.id);
  return (
    (admin || own ? textAndState(issue, command) : null) ??
    (admin
      ? (labelling(world, project, command) ??
        people(world, issue, user, command) ??
        metadata(issue, command))
      : null) ??
    (admin ? moving(world, project, issue, user, command) : null) ??
    promoting(world, project, issue, user, command) ??
    personal(world, issue, user, command)
  );
}

function textAndState(issue: Issue, { name, argument }: Command): Effect | null {
  if (name === 'close' && issue.state === 'opened') {
    return {
      change: { stateEvent: 'close' },
      report: { state_event: 'close' },
      sentence: 'Closed this issue.',
    };
  }
  if (name === 'reopen' && issue.state === 'closed') {
    return {
      change: { stateEvent: 'reopen' },
      report: { state_event: 'reopen' },
      sentence: 'Reopened this issue.',
    };
  }
  if (name === 'title' && argument) {
    return {
      change: { title: argument },
      report: { title: argument },
      sentence: `Changed the title to "${argument}".`,
    };
  }
  return null;
}

/** `~bug ~"needs attention"`, or bare names. Quick actions know existing labels only. */
function labelArguments(world: World, project: Project, argument: string): string[] {
  const known = new Set(labelsOf(world, project).map((label) => label.name));
  return [...argument.matchAll(/~?"([^"]+)"|~?(\S+)/g)]
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((name) => known.has(name));
}

function labelling(world: World, project: Project, { name, argument }: Command): Effect | null {
  const names = labelArguments(world, project, argument);
  if ((name === 'label' || name === 'labels') && names.length > 0) {
    return {
      change: { add: names },
      report: { add_label_ids: names },
      sentence: `Added ${names.join(' ')} label(s).`,
    };
  }
  if (name === 'relabel' && names.length > 0) {
    return {
      change: { labels: names },
      report: { label_ids: names },
      sentence: `Replaced all labels with ${names.join(' ')}.`,
    };
  }
  if (name === 'unlabel' || name === 'remove_label') {
    if (!argument)
      return { change: { labels: [] }, report: { label_ids: [] }, sentence: 'Removed all labels.' };
    if (names.length === 0) return null;
    return {
      change: { remove: names },
      report: { remove_label_ids: names },
      sentence: `Removed ${names.join(' ')} label(s).`,
    };
  }
  return null;
}

function people(world: World, issue: Issue, user: User, { name, argument }: Command): Effect | null {
  const ids = argument
    .split(/[\s,]+/)
    .flatMap((word) =>
      word === 'me' ? [user.id] : (world.userByName.get(word.replace(/^@/, '').toLowerCase())?.id ?? []),
    );
  const set = (assigneeIds: number[], sentence: string): Effect => ({
    change: { assigneeIds },
    report: { assignee_ids: assigneeIds },
    sentence,
  });
  if (name === 'assign' && ids.length > 0)
    return set([...ids, ...issue.assigneeIds], `Assigned ${argument}.`);
  if (name === 'reassign' && ids.length > 0) return set(ids, `Changed assignee to ${argument}.`);
  if (name === 'unassign' || name === 'remove_assignee') {
    const left = argument ? issue.assigneeIds.filter((id) => !ids.includes(id)) : [];
    return left.length === issue.assigneeIds.length ? null : set(left, 'Removed assignee.');
  }
  return null;
}

function metadata(issue: Issue, { name, argument }: Command): Effect | null {
  if (name === 'due' && /^\d{4}-\d\d-\d\d$/.test(argument)) {
    return {
      change: { dueDate: argument },
      report: { due_date: argument },
      sentence: `Set the due date to ${argument}.`,
    };
  }
  if (name === 'remove_due_date' && issue.dueDate) {
    return { change: { dueDate: null }, report: { due_date: null }, sentence: 'Removed the due date.' };
  }
  if (name === 'confidential' && !issue.confidential) {
    return {
      change: { confidential: true },
      report: { confidential: true },
      sentence: 'Made this issue confidential.',
    };
  }
  if ((name === 'lock' || name === 'unlock') && Boolean(issue.discussionLocked) !== (name === 'lock')) {
    const discussionLocked = name === 'lock';
    return {
      change: { discussionLocked },
      report: { discussion_locked: discussionLocked },
      sentence: discussionLocked ? 'Locked the discussion.' : 'Unlocked the discussion.',
    };
  }
  if (name === 'remove_milestone' && issue.milestoneId !== null) {
    return {
      change: { milestoneId: null },
      report: { milestone_id: null },
      sentence: 'Removed the milestone.',
    };
  }
  return null;
}

function moving(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  { name, argument }: Command,
): Effect | null {
  const entry = world.paths.get(argument.toLowerCase());
  const target = entry?.kind === 'project' ? world.projects.get(entry.id) : undefined;
  if (name !== 'move' || !target || target.id === project.id || !canAdminIssue(world, target, user))
    return null;
  return {
    report: { target_project: target.path },
    sentence: `Moved this issue to ${target.path}.`,
    also: () => {
      moveIssue(world, project, issue, user, target);
    },
  };
}

function promoting(
  world: World,
  project: Project,
  issue: Issue,
  user: User,
  { name }: Command,
): Effect | null {
  if (name !== 'promote' || promoteIssue(world, project, issue, user) === null) return null;
  return { change: { stateEvent: 'close' }, sentence: 'Promoted issue to an epic.' };
}

/** Things anyone may do for themselves. */
function personal(world: World, issue: Issue, user: User, { name }: Command): Effect | null {
  if (name === 'todo') {
    return {
      report: { todo_event: 'add' },
      sentence: 'Added a to-do item.',
      also: () => {
        const at = world.clock.now().getTime();
        world.todos.push({
          userId: user.id,
          reason: 'own-request',
          what: 'note',
          issueId: issue.id,
          noteId: null,
          at,
        });
      },
    };
  }
  if (name === 'subscribe' || name === 'unsubscribe') {
    return {
      report: { subscription_event: name },
      sentence: `${name === 'subscribe' ? 'S' : 'Uns'}ubscribed.`,
    };
  }
  return null;
}
