import { canAdminIssue } from './access.ts';
import type { IssueChange } from './issue-change.ts';
import { labelsOf } from './labels.ts';
import { moveIssue } from './move-issue.ts';
import { projectAt } from './namespaces.ts';
import { promoteIssue } from './promote-issue.ts';
import type { Command } from './quick-actions.ts';
import type { Act, Issue, Project, World } from './types.ts';

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
  act: Act,
  commands: Command[],
  apply: (change: IssueChange) => void,
): CommandResult {
  const result: CommandResult = { changes: {}, summary: [], failures: [] };
  for (const command of commands) {
    if (command.name === 'shrug' || command.name === 'tableflip') continue;
    const effect = effectOf(act, command);
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

function effectOf(act: Act, command: Command): Effect | null {
  const { world, project, issue, user } = act;
  const admin = canAdminIssue(world, project, user);
  const own = issue.authorId === user.id || issue.assigneeIds.includes(user.id);
  return (
    (admin || own ? textAndState(issue, command) : null) ??
    (admin
      ? (labelling(world, project, command) ??
        people(act, command) ??
        metadata(issue, command) ??
        moving(act, command))
      : null) ??
    promoting(act, command) ??
    personal(act, command)
  );
}

function effect(change: IssueChange, report: Record<string, unknown>, sentence: string): Effect {
  return { change, report, sentence };
}

function textAndState(issue: Issue, { name, argument }: Command): Effect | null {
  if (name === 'close' && issue.state === 'opened') {
    return effect({ stateEvent: 'close' }, { state_event: 'close' }, 'Closed this issue.');
  }
  if (name === 'reopen' && issue.state === 'closed') {
    return effect({ stateEvent: 'reopen' }, { state_event: 'reopen' }, 'Reopened this issue.');
  }
  if (name === 'title' && argument) {
    return effect({ title: argument }, { title: argument }, `Changed the title to "${argument}".`);
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
  const told = names.join(' ');
  if ((name === 'unlabel' || name === 'remove_label') && !argument) {
    return effect({ labels: [] }, { label_ids: [] }, 'Removed all labels.');
  }
  if (names.length === 0) return null;
  if (name === 'label' || name === 'labels') {
    return effect({ add: names }, { add_label_ids: names }, `Added ${told} label(s).`);
  }
  if (name === 'relabel') {
    return effect({ labels: names }, { label_ids: names }, `Replaced all labels with ${told}.`);
  }
  if (name === 'unlabel' || name === 'remove_label') {
    return effect({ remove: names }, { remove_label_ids: names }, `Removed ${told} label(s).`);
  }
  return null;
}

function people({ world, issue, user }: Act, { name, argument }: Command): Effect | null {
  const ids = argument
    .split(/[\s,]+/)
    .flatMap((word) =>
      word === 'me' ? [user.id] : (world.userByName.get(word.replace(/^@/, '').toLowerCase())?.id ?? []),
    );
  const set = (assigneeIds: number[], sentence: string) =>
    effect({ assigneeIds }, { assignee_ids: assigneeIds }, sentence);
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
    return effect({ dueDate: argument }, { due_date: argument }, `Set the due date to ${argument}.`);
  }
  if (name === 'remove_due_date' && issue.dueDate) {
    return effect({ dueDate: null }, { due_date: null }, 'Removed the due date.');
  }
  if (name === 'confidential' && !issue.confidential) {
    return effect({ confidential: true }, { confidential: true }, 'Made this issue confidential.');
  }
  if ((name === 'lock' || name === 'unlock') && Boolean(issue.discussionLocked) !== (name === 'lock')) {
    const discussionLocked = name === 'lock';
    const sentence = discussionLocked ? 'Locked the discussion.' : 'Unlocked the discussion.';
    return effect({ discussionLocked }, { discussion_locked: discussionLocked }, sentence);
  }
  if (name === 'remove_milestone' && issue.milestoneId !== null) {
    return effect({ milestoneId: null }, { milestone_id: null }, 'Removed the milestone.');
  }
  return null;
}

function moving(act: Act, { name, argument }: Command): Effect | null {
  const { world, project, user } = act;
  const target = projectAt(world, argument);
  if (name !== 'move' || !target || target.id === project.id || !canAdminIssue(world, target, user))
    return null;
  return {
    report: { target_project: target.path },
    sentence: `Moved this issue to ${target.path}.`,
    also: () => {
      moveIssue(act, target);
    },
  };
}

function promoting(act: Act, { name }: Command): Effect | null {
  if (name !== 'promote' || promoteIssue(act) === null) return null;
  return { change: { stateEvent: 'close' }, sentence: 'Promoted issue to an epic.' };
}

/** Things anyone may do for themselves. */
function personal({ world, issue, user }: Act, { name }: Command): Effect | null {
  if (name === 'todo') {
    return {
      report: { todo_event: 'add' },
      sentence: 'Added a to-do item.',
      also: () => {
        const at = world.clock.now().getTime();
        const about = { what: 'note', issueId: issue.id, noteId: null } as const;
        world.todos.push({ userId: user.id, reason: 'own-request', ...about, at });
      },
    };
  }
  if (name === 'subscribe' || name === 'unsubscribe') {
    const sentence = name === 'subscribe' ? 'Subscribed.' : 'Unsubscribed.';
    return { report: { subscription_event: name }, sentence };
  }
  return null;
}
