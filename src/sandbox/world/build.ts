import type { SandboxClock } from '../clock.ts';
import { accessLevels, type Role } from '../roles.ts';
import {
  issueSeedSchema,
  type LabelSeed,
  type ParsedGroupSeed,
  type ParsedIssueSeed,
  type ParsedProjectSeed,
  type ParsedSeed,
} from '../seed.ts';
import type { SandboxSettings } from '../settings.ts';
import { addSeedEpics } from './epics.ts';
import { discussionIdFor } from './ids.ts';
import { createLabel, insertLabel } from './labels.ts';
import { groupsFrom } from './namespaces.ts';
import {
  type Group,
  type Issue,
  type Note,
  type Project,
  SeedError,
  type User,
  type World,
} from './types.ts';

type NamespaceSeed = Omit<ParsedGroupSeed, 'path' | 'epics'>;

/** Builds the world a sandbox starts with. Throws when the seed names a user, project or group that is not in it. */
export function buildWorld(seed: ParsedSeed, settings: SandboxSettings, clock: SandboxClock): World {
  const world: World = {
    settings,
    clock,
    origin: '',
    users: new Map(),
    userByName: new Map(),
    tokens: new Map(),
    groups: new Map(),
    projects: new Map(),
    paths: new Map(),
    formerPaths: new Map(),
    labels: new Map(),
    milestones: new Map(),
    issues: new Map(),
    links: new Map(),
    mails: [],
    todos: [],
    nextId: 1001,
    revision: { membership: 0, content: 0 },
    mentionCache: new Map(),
    orderCache: new Map(),
  };
  seed.users.forEach((user, index) => {
    const id = user.id ?? index + 1;
    const name = user.name ?? user.username;
    const made: User = { ...user, id, name, createdAt: clock.now().getTime() - 31_536_000_000 };
    world.users.set(id, made);
    world.userByName.set(user.username.toLowerCase(), made);
  });
  for (const group of seed.groups) addGroup(world, group.path, group);
  seed.projects.forEach((project, index) => addProject(world, project, project.id ?? index + 1));
  for (const { path, epics } of seed.groups) addSeedEpics(world, addGroup(world, path), epics);
  for (const token of seed.tokens) {
    const { user, project, group, ...rest } = token;
    world.tokens.set(token.value, {
      ...rest,
      id: world.nextId++,
      userId: seedUser(world, user).id,
      projectId: project === undefined ? null : lookUp(world, project, 'project'),
      groupId: group === undefined ? null : lookUp(world, group, 'group'),
      createdAt: clock.now().getTime() - 86_400_000,
    });
  }
  return world;
}

function seedUser(world: World, username: string): User {
  const user = world.userByName.get(username.toLowerCase());
  if (!user)
    throw new SeedError(`The seed names the user "${username}" but does not define it under "users".`);
  return user;
}

function lookUp(world: World, path: string, kind: 'group' | 'project'): number {
  const entry = world.paths.get(path.toLowerCase());
  if (entry?.kind !== kind)
    throw new SeedError(`The seed names the ${kind} "${path}" but does not define it.`);
  return entry.id;
}

function addGroup(world: World, path: string, seed?: NamespaceSeed): Group {
  const known = world.paths.get(path.toLowerCase());
  const slash = path.lastIndexOf('/');
  const parentId = slash < 0 ? null : addGroup(world, path.slice(0, slash)).id;
  let group = known?.kind === 'group' ? world.groups.get(known.id) : undefined;
  if (!group) {
    group = {
      id: seed?.id ?? world.nextId++,
      path,
      name: seed?.name ?? path.slice(slash + 1),
      visibility: seed?.visibility ?? 'private',
      parentId,
      members: new Map(),
      labels: [],
      milestones: [],
      epics: new Map(),
    };
    world.groups.set(group.id, group);
    world.paths.set(path.toLowerCase(), { kind: 'group', id: group.id });
  }
  if (seed) fillNamespace(world, group, seed, { projectId: null, groupId: group.id });
  return group;
}

function fillNamespace(
  world: World,
  target: Group | Project,
  seed: NamespaceSeed,
  owner: { projectId: number | null; groupId: number | null },
): void {
  for (const [username, role] of Object.entries<Role>(seed.members)) {
    target.members.set(seedUser(world, username).id, accessLevels[role]);
  }
  for (const label of seed.labels) target.labels.push(insertLabel(world, owner, labelFields(label)));
  for (const milestone of seed.milestones) {
    const made = {
      ...milestone,
      ...owner,
      id: world.nextId++,
      iid: target.milestones.length + 1,
      createdAt: world.clock.now().getTime(),
    };
    world.milestones.set(made.id, made);
    target.milestones.push(made);
  }
}

function labelFields(seed: LabelSeed): Exclude<LabelSeed, string> {
  return typeof seed === 'string'
    ? { name: seed, color: '#6699cc', description: null, archived: false }
    : seed;
}

function addProject(world: World, seed: ParsedProjectSeed, id: number): Project {
  const slash = seed.path.lastIndexOf('/');
  if (slash < 0) throw new SeedError(`The project path "${seed.path}" needs a group: "group/project".`);
  const project: Project = {
    id,
    path: seed.path,
    name: seed.name ?? seed.path.slice(slash + 1),
    visibility: seed.visibility,
    groupId: addGroup(world, seed.path.slice(0, slash)).id,
    archived: seed.archived,
    issuesEnabled: seed.issuesEnabled,
    members: new Map(),
    labels: [],
    milestones: [],
    nextIid: 1,
    issues: new Map(),
    mergeRequests: new Map(),
    createdAt: world.clock.now().getTime() - 31_536_000_000,
  };
  world.projects.set(id, project);
  world.paths.set(seed.path.toLowerCase(), { kind: 'project', id });
  for (const former of seed.formerPaths) world.formerPaths.set(former.toLowerCase(), id);
  fillNamespace(world, project, seed, { projectId: id, groupId: null });
  for (const issue of seed.issues) addSeedIssue(world, project, issue);
  for (const { iid, title } of seed.mergeRequests) {
    const request = issueOf(world, project, issueSeedSchema.parse({ iid, title }));
    project.mergeRequests.set(iid, { ...request, type: 'merge_request' });
  }
  return project;
}

/** Puts an issue as it is written in a seed; no one is notified. */
export function addSeedIssue(world: World, project: Project, seed: ParsedIssueSeed): Issue {
  const issue = issueOf(world, project, seed);
  project.nextIid = Math.max(project.nextIid, issue.iid + 1);
  project.issues.set(issue.iid, issue);
  world.issues.set(issue.id, issue);
  world.revision.membership += 1;
  for (const note of seed.notes) addSeedNotes(world, issue, note);
  // What a seed says happened later than its `updatedAt` still touched the issue.
  const moments = [...issue.notes, ...issue.labelEvents, ...issue.stateEvents].map((one) => one.createdAt);
  if (seed.updatedAt === undefined) issue.updatedAt = Math.max(issue.createdAt, ...moments);
  return issue;
}

function issueOf(world: World, project: Project, seed: ParsedIssueSeed): Issue {
  const first = world.users.values().next().value;
  const author = seed.author === undefined ? first : seedUser(world, seed.author);
  if (!author) throw new SeedError('A seed with issues needs at least one user.');
  const createdAt = instant(seed.createdAt) ?? world.clock.now().getTime();
  return {
    id: seed.id ?? world.nextId++,
    iid: seed.iid ?? project.nextIid,
    projectId: project.id,
    title: seed.title,
    description: seed.description,
    state: seed.state,
    type: seed.type,
    authorId: author.id,
    assigneeIds: seed.assignees.map((name) => seedUser(world, name).id),
    labelIds: seed.labels.map((name) => seedLabel(world, project, name)),
    milestoneId: milestoneByTitle(world, project, seed.milestone),
    dueDate: seed.dueDate,
    weight: seed.weight,
    confidential: seed.confidential,
    discussionLocked: seed.discussionLocked,
    createdAt,
    updatedAt: instant(seed.updatedAt) ?? createdAt,
    closedAt: seed.state === 'closed' ? (instant(seed.closedAt) ?? createdAt) : null,
    closedById: seed.state === 'closed' ? author.id : null,
    movedToId: null,
    notes: [],
    userNotesCount: 0,
    labelEvents: seed.labelEvents.map(({ action, label, user, createdAt: at }) => ({
      id: world.nextId++,
      userId: seedUser(world, user).id,
      labelId: seedLabel(world, project, label),
      action,
      createdAt: new Date(at).getTime(),
    })),
    stateEvents: seed.stateEvents.map(({ state, user, createdAt: at }) => ({
      id: world.nextId++,
      userId: seedUser(world, user).id,
      state,
      createdAt: new Date(at).getTime(),
    })),
  };
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : new Date(text).getTime();
}

function seedLabel(world: World, project: Project, name: string): number {
  const homes = [...groupsFrom(world, project.groupId), project];
  const known = homes.flatMap(({ labels }) => labels).find((label) => label.name === name);
  return (known ?? createLabel(world, project, name)).id;
}

function milestoneByTitle(world: World, project: Project, title: string | null): number | null {
  if (title === null) return null;
  const found = [...project.milestones, ...(world.groups.get(project.groupId)?.milestones ?? [])].find(
    (milestone) => milestone.title === title,
  );
  if (!found) throw new SeedError(`The seed names the milestone "${title}" but does not define it.`);
  return found.id;
}

function addSeedNotes(world: World, issue: Issue, seed: ParsedIssueSeed['notes'][number]): void {
  const at = instant(seed.createdAt) ?? issue.createdAt;
  const start: Note = {
    id: world.nextId++,
    body: seed.body,
    authorId: seedUser(world, seed.author).id,
    createdAt: at,
    updatedAt: instant(seed.updatedAt) ?? at,
    system: seed.system,
    internal: seed.internal,
    type: seed.replies.length > 0 ? 'DiscussionNote' : null,
    discussionId: '',
    resolvedById: seed.resolved ? seedUser(world, seed.author).id : null,
    resolvedAt: seed.resolved ? at : null,
    hidden: seed.unreadable,
    aboutIssueId: null,
    awards: seed.reactions.map(({ name, user, createdAt }) => ({
      id: world.nextId++,
      name,
      userId: seedUser(world, user).id,
      createdAt: instant(createdAt) ?? at,
    })),
  };
  start.discussionId = discussionIdFor(start.id);
  issue.notes.push(start);
  if (!start.system) issue.userNotesCount += 1;
  for (const reply of seed.replies) {
    const id = world.nextId++;
    const createdAt = instant(reply.createdAt) ?? at;
    const authorId = seedUser(world, reply.author).id;
    issue.notes.push({
      ...start,
      id,
      body: reply.body,
      authorId,
      createdAt,
      updatedAt: createdAt,
      awards: [],
    });
    issue.userNotesCount += 1;
  }
}
