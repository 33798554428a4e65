import { accessLevel, canReadIssue, canReadNote, canSeeProject } from './access.ts';
import { mentionedNames } from './markdown.ts';
import { groupsFrom } from './namespaces.ts';
import type { Act, Issue, Note, Notice, Project, User, World } from './types.ts';

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
      for (const id of groupMembers(world, entry.id)) ids.add(id);
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

function groupMembers(world: World, groupId: number): number[] {
  return groupsFrom(world, groupId).flatMap(({ members }) => [...members.keys()]);
}

/** `@all`: the project's members and those of its parent groups. */
function everyone(world: World, project: Project): number[] {
  return [...project.members.keys(), ...groupMembers(world, project.groupId)];
}

/** What people hear of; the user is the one who did it. */
interface Occasion extends Act {
  note?: Note;
  what: Notice['what'];
}

type Channel = 'todos' | 'mails';

/** Everybody who may know of it is told, but not who did it. */
function tell(
  occasion: Occasion,
  channels: Channel[],
  reason: Notice['reason'],
  ids: Iterable<number>,
): void {
  for (const id of ids) for (const channel of channels) deliver(occasion, channel, reason, id);
}

function deliver(occasion: Occasion, channel: Channel, reason: Notice['reason'], userId: number): void {
  const { world, project, issue, user: actor, note, what } = occasion;
  const user = world.users.get(userId);
  if (!user || user.id === actor.id || user.state !== 'active') return;
  if (channel === 'mails' && user.bot) return;
  if (!canSeeProject(world, { user }, project) || !canReadIssue(world, project, user, issue)) return;
  if (note && !canReadNote(world, project, user, note)) return;
  // On confidential issues only assignees, the author and Planner or more hear of anything.
  const at = world.clock.now().getTime();
  world[channel].push({ userId, reason, what, issueId: issue.id, noteId: note?.id ?? null, at });
}

/** A new comment: to-dos for those mentioned, mail for them and for everyone who takes part. */
export function notifyNewNote(act: Act, note: Note): void {
  const { world, project, issue } = act;
  const occasion: Occasion = { ...act, note, what: 'note' };
  const mentioned = mentionedUsers(world, project, note.body);
  tell(occasion, ['todos', 'mails'], 'mentioned', mentioned);
  for (const [id, reason] of participants(world, project, issue)) {
    if (!mentioned.has(id)) deliver(occasion, 'mails', reason, id);
  }
}

/** An edit that adds a mention makes a to-do but no mail; who was mentioned before hears nothing. */
export function notifyEditedNote(act: Act, note: Note, before: string): void {
  tell({ ...act, note, what: 'note' }, ['todos'], 'mentioned', newlyMentioned(act, before, note.body));
}

/** Unlike a note edit, a description edit that adds a mention also sends mail. */
export function notifyDescription(act: Act, before: string | null): void {
  const added = newlyMentioned(act, before, act.issue.description);
  tell({ ...act, what: 'description' }, ['todos', 'mails'], 'mentioned', added);
}

function newlyMentioned({ world, project }: Act, before: string | null, after: string | null): number[] {
  const known = mentionedUsers(world, project, before);
  return [...mentionedUsers(world, project, after)].filter((id) => !known.has(id));
}

export function notifyAssigned(act: Act, ids: number[]): void {
  tell({ ...act, what: 'assignment' }, ['todos', 'mails'], 'assigned', ids);
}

export function notifyState(act: Act): void {
  const { world, project, issue } = act;
  const what = issue.state === 'closed' ? 'closed' : 'reopened';
  for (const [id, reason] of participants(world, project, issue)) {
    deliver({ ...act, what }, 'mails', reason, id);
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
