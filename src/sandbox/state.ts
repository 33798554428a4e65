import { type IssueSeed, issueSeedSchema } from './seed.ts';
import { addSeedIssue } from './world/build.ts';
import type { IssueChange } from './world/issue-change.ts';
import { labelNames } from './world/labels.ts';
import { moveIssue } from './world/move-issue.ts';
import { createNote, deleteNote, editNote, type NoteResult } from './world/notes.ts';
import type { Act, Issue, Note, Notice, Project, User, World } from './world/types.ts';
import { updateIssue } from './world/update-issue.ts';

/** A project by id or full path. */
export type ProjectKey = number | string;

/**
 * Looking at the sandbox, and changing it as a person would: with that person's rights, with quick actions,
 * notifications and everything else that a change in the browser brings. Throws what the API would answer.
 */
export interface SandboxState {
  readonly world: World;
  user(username: string): User;
  project(project: ProjectKey): Project;
  issue(project: ProjectKey, iid: number): Issue;
  /** All issues of a project, oldest first. */
  issues(project: ProjectKey): Issue[];
  /** All notes of an issue, system notes included, oldest first. */
  notes(project: ProjectKey, iid: number): Note[];
  labels(project: ProjectKey, iid: number): string[];
  addNote(as: string, project: ProjectKey, iid: number, body: string, internal?: boolean): NoteResult;
  editNote(as: string, project: ProjectKey, iid: number, noteId: number, body: string): NoteResult;
  deleteNote(as: string, project: ProjectKey, iid: number, noteId: number): void;
  editIssue(as: string, project: ProjectKey, iid: number, change: IssueChange): Issue;
  closeIssue(as: string, project: ProjectKey, iid: number): Issue;
  reopenIssue(as: string, project: ProjectKey, iid: number): Issue;
  moveIssue(as: string, project: ProjectKey, iid: number, target: ProjectKey): Issue;
  /** Puts an issue as a seed would; no one is notified. */
  addIssue(project: ProjectKey, seed: IssueSeed): Issue;
  /** Renames a project; the old path answers 301 to GET and 405 to the rest. */
  renameProject(project: ProjectKey, path: string): void;
  /** The project is gone: 404 from now on. */
  removeProject(project: ProjectKey): void;
  revokeToken(value: string): void;
  /** Everything people see, without ids and times: to compare the ends of two runs. */
  picture(): IssuePicture[];
  /** Mails that would have gone to a user. */
  mailsTo(username: string): Notice[];
  todosOf(username: string): Notice[];
}

export interface IssuePicture {
  ref: string;
  title: string;
  description: string | null;
  state: string;
  labels: string[];
  assignees: string[];
  dueDate: string | null;
  notes: { author: string; body: string }[];
}

export function createState(world: World): SandboxState {
  const user = (username: string): User => {
    const found = world.userByName.get(username.toLowerCase());
    if (!found) throw new Error(`The sandbox has no user "${username}".`);
    return found;
  };
  const project = (key: ProjectKey): Project => {
    const id = typeof key === 'number' ? key : (world.paths.get(key.toLowerCase())?.id ?? -1);
    const found = world.projects.get(id);
    if (!found) throw new Error(`The sandbox has no project ${key}.`);
    return found;
  };
  const issue = (key: ProjectKey, iid: number): Issue => {
    const found = project(key).issues.get(iid);
    if (!found) throw new Error(`The sandbox has no issue ${key}#${iid}.`);
    return found;
  };
  const note = (key: ProjectKey, iid: number, noteId: number): Note => {
    const found = issue(key, iid).notes.find((candidate) => candidate.id === noteId);
    if (!found) throw new Error(`The sandbox has no note ${noteId} on ${key}#${iid}.`);
    return found;
  };
  const act = (as: string, key: ProjectKey, iid: number): Act => ({
    world,
    project: project(key),
    issue: issue(key, iid),
    user: user(as),
  });
  const change = (as: string, key: ProjectKey, iid: number, asked: IssueChange): Issue => {
    updateIssue(act(as, key, iid), asked);
    return issue(key, iid);
  };
  return {
    world,
    user,
    project,
    issue,
    issues: (key) => [...project(key).issues.values()],
    notes: (key, iid) => issue(key, iid).notes,
    labels: (key, iid) => labelNames(world, issue(key, iid)),
    addNote: (as, key, iid, body, internal = false) => createNote(act(as, key, iid), { body, internal }),
    editNote: (as, key, iid, noteId, body) => editNote(act(as, key, iid), note(key, iid, noteId), body),
    deleteNote: (as, key, iid, noteId) => {
      deleteNote(act(as, key, iid), note(key, iid, noteId));
    },
    editIssue: change,
    closeIssue: (as, key, iid) => change(as, key, iid, { stateEvent: 'close' }),
    reopenIssue: (as, key, iid) => change(as, key, iid, { stateEvent: 'reopen' }),
    moveIssue: (as, key, iid, target) => moveIssue(act(as, key, iid), project(target)),
    addIssue: (key, seed) => addSeedIssue(world, project(key), issueSeedSchema.parse(seed)),
    renameProject: (key, path) => {
      renameProject(world, project(key), path);
    },
    removeProject: (key) => {
      removeProject(world, project(key));
    },
    revokeToken: (value) => {
      const token = world.tokens.get(value);
      if (token) token.revoked = true;
    },
    picture: () => [...world.issues.values()].map((entry) => picture(world, entry)),
    mailsTo: (username) => world.mails.filter((notice) => notice.userId === user(username).id),
    todosOf: (username) => world.todos.filter((notice) => notice.userId === user(username).id),
  };
}

function picture(world: World, issue: Issue): IssuePicture {
  const name = (id: number) => world.users.get(id)?.username ?? String(id);
  return {
    ref: `${world.projects.get(issue.projectId)?.path}#${issue.iid}`,
    title: issue.title,
    description: issue.description,
    state: issue.state,
    labels: labelNames(world, issue),
    assignees: issue.assigneeIds.map(name),
    dueDate: issue.dueDate,
    notes: issue.notes.map((note) => ({ author: name(note.authorId), body: note.body })),
  };
}

function renameProject(world: World, project: Project, path: string): void {
  world.paths.delete(project.path.toLowerCase());
  world.formerPaths.set(project.path.toLowerCase(), project.id);
  project.path = path;
  world.paths.set(path.toLowerCase(), { kind: 'project', id: project.id });
}

function removeProject(world: World, project: Project): void {
  world.projects.delete(project.id);
  world.paths.delete(project.path.toLowerCase());
  for (const issue of project.issues.values()) world.issues.delete(issue.id);
  world.revision.membership += 1;
}
