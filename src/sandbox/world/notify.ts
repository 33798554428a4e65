import { accessLevel, canReadIssue, canReadNote, canSeeProject } from './access.ts';
import { mentionedNames } from './markdown.ts';
import type { Group, Issue, Note, Notice, Project, User, World } from './types.ts';

/** The users a text mentions, as GitLab resolves them: users, members of `@group`, and `@all` unless switched off. */
export function mentionedUsers(world: World, project: Project, text: string | null): Set<number> {
  const ids = new Set<number>();
  for (const name of namesIn(world, text)) {
    const user = world.userByName.get(name);
    const entry = world.paths.get(name);
    if (user) ids.add(user.id);
    else if (name === 'all') {
      if (!world.settings.disableAllMention) for (const id of everyone(world, project)) ids.add(id);
    } else if (entry?.kind === 'group') {
      for (const id of groupMembers(world, world.groups.get(entry.id))) ids.add(id);
    }
  }
  return ids;
}

/** Descriptions are looked at again with every comment; what was found in them is kept for a while. */
function namesIn(world: World, text: string | null): Set<string> {
  if (!text) return new Set();
  const known = world.mentionCache.get(text);
  if (known) return known;
  const names = mentionedNames(text);
  if (world.mentionCache.size > 2_000) world.mentionCache.clear();
  world.mentionCache.set(text, names);
  return names;
}

function groupMembers(world: World, start: Group | undefined): number[] {
  const ids: number[] = [];
  for (let group = start; group; group = world.groups.get(group.parentId ?? -1))
    ids.push(...group.members.keys());
  return ids;
}

/** `@all`: the project's members and those of its parent groups. */
function everyone(world: World, project: Project): number[] {
  return [...project.members.keys(), ...groupMembers(world, world.groups.get(project.groupId))];
}

interface Occasion {
  project: Project;
  issue: Issue;
  actor: User;
  note?: Note;
  what: Notice['what'];
}

function deliver(
  world: World,
  to: Notice[],
  occasion: Occasion,
  userId: number,
  reason: Notice['reason'],
): void {
  const { project, issue, actor, note, what } = occasion;
  const user = world.users.get(userId);
  if (!user || user.id === actor.id || user.state !== 'active') return;
  if (to === world.mails && user.bot) return;
  if (!canSeeProject(world, { user }, project) || !canReadIssue(world, project, user, issue)) return;
  if (note && !canReadNote(world, project, user, note)) return;
  // On confidential issues only assignees, the author and Planner or more hear of anything.
  const at = world.clock.now().getTime();
  to.push({ userId, reason, what, issueId: issue.id, noteId: note?.id ?? null, at });
}

/** A new comment: to-dos for those mentioned, mail for them and for everyone who takes part. */
export function notifyNewNote(world: World, project: Project, issue: Issue, note: Note, actor: User): void {
  const occasion: Occasion = { project, issue, actor, note, what: 'note' };
  const mentioned = mentionedUsers(world, project, note.body);
  for (const id of mentioned) {
    deliver(world, world.todos, occasion, id, 'mentioned');
    deliver(world, world.mails, occasion, id, 'mentioned');
  }
  for (const [id, reason] of participants(world, project, issue)) {
    if (!mentioned.has(id)) deliver(world, world.mails, occasion, id, reason);
  }
}

/** An edit that adds a mention makes a to-do but no mail; who was mentioned before hears nothing. */
export function notifyEditedNote(
  world: World,
  project: Project,
  issue: Issue,
  note: Note,
  actor: User,
  before: string,
): void {
  const known = mentionedUsers(world, project, before);
  for (const id of mentionedUsers(world, project, note.body)) {
    if (!known.has(id))
      deliver(world, world.todos, { project, issue, actor, note, what: 'note' }, id, 'mentioned');
  }
}

/** Unlike a note edit, a description edit that adds a mention also sends mail. */
export function notifyDescription(
  world: World,
  project: Project,
  issue: Issue,
  actor: User,
  before: string | null,
): void {
  const known = mentionedUsers(world, project, before);
  const occasion: Occasion = { project, issue, actor, what: 'description' };
  for (const id of mentionedUsers(world, project, issue.description)) {
    if (known.has(id)) continue;
    deliver(world, world.todos, occasion, id, 'mentioned');
    deliver(world, world.mails, occasion, id, 'mentioned');
  }
}

export function notifyAssigned(
  world: World,
  project: Project,
  issue: Issue,
  actor: User,
  ids: number[],
): void {
  const occasion: Occasion = { project, issue, actor, what: 'assignment' };
  for (const id of ids) {
    deliver(world, world.todos, occasion, id, 'assigned');
    deliver(world, world.mails, occasion, id, 'assigned');
  }
}

export function notifyState(world: World, project: Project, issue: Issue, actor: User): void {
  const what = issue.state === 'closed' ? 'closed' : 'reopened';
  for (const [id, reason] of participants(world, project, issue)) {
    deliver(world, world.mails, { project, issue, actor, what }, id, reason);
  }
}

function participants(world: World, project: Project, issue: Issue): Map<number, Notice['reason']> {
  const people = new Map<number, Notice['reason']>();
  for (const note of issue.notes) if (!note.system) people.set(note.authorId, 'participating');
  for (const id of mentionedUsers(world, project, issue.description)) people.set(id, 'participating');
  people.set(issue.authorId, 'author');
  for (const id of issue.assigneeIds) people.set(id, 'assigned');
  return people;
}

/** Direct and inherited members with their highest level. */
export function allMembers(
  world: World,
  project: Project,
  inherited: boolean,
): { user: User; level: number }[] {
  const ids = inherited ? new Set(everyone(world, project)) : new Set(project.members.keys());
  return [...ids].flatMap((id) => {
    const user = world.users.get(id);
    if (!user) return [];
    const level = inherited
      ? accessLevel(world, project, { ...user, admin: false })
      : project.members.get(id);
    return level ? [{ user, level }] : [];
  });
}
