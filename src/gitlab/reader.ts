import { GatewayError } from '../model/errors.ts';
import type { Issue, Label, Member, Note, Project, TokenInfo, User } from '../model/issue.ts';
import type { IssueFilter, IssueReader, IssueSource } from '../model/ports.ts';
import { type Client, envelopeOf, parseOne } from './client.ts';
import { listIssues } from './issue-list.ts';
import { parsePage, readNumberedPages } from './pages.ts';
import {
  issueSchema,
  labelSchema,
  memberSchema,
  noteSchema,
  projectSchema,
  tokenSchema,
  userSchema,
} from './schema.ts';
import { toIssue, toLabel, toMember, toNote, toProject, toTokenInfo, toUser } from './to-model.ts';

const PER_PAGE = 100;

/** @param learnName is told each project's path, for better messages */
export function createReader(client: Client, learnName: (project: Project) => void): IssueReader {
  const readProject = async (idOrPath: string | number): Promise<Project> => {
    const envelope = await envelopeOf(client.projects.show(addressable(idOrPath)));
    const project = toProject(parseOne(projectSchema, envelope));
    learnName(project);
    return project;
  };
  const project = cached(readProject);
  const currentUser = cached(
    async (): Promise<User> => toUser(parseOne(userSchema, await envelopeOf(client.users.showCurrentUser()))),
  );
  const members = cached(
    (projectId: number): Promise<Member[]> =>
      readNumberedPages(
        async (page) => {
          const query = { includeInherited: true, perPage: PER_PAGE, page };
          const result = parsePage(memberSchema, await envelopeOf(client.members.all(projectId, query)));
          return { ...result, items: result.items.map(toMember) };
        },
        (member) => member.id,
      ),
  );
  const labels = cached(
    (projectId: number): Promise<Label[]> =>
      readNumberedPages(
        async (page) => {
          const result = parsePage(
            labelSchema,
            await envelopeOf(client.labels.all(projectId, { perPage: PER_PAGE, page })),
          );
          return { ...result, items: result.items.map(toLabel) };
        },
        (label) => label.name,
      ),
  );
  /** Routes of issues take numeric ids only: the old path of a renamed project answers no PUT or POST (FACTS §21). */
  const numericId = async (idOrPath: string | number): Promise<number> =>
    typeof idOrPath === 'number' ? idOrPath : (await project(idOrPath)).id;

  return {
    currentUser: () => currentUser(undefined),
    async tokenInfo(): Promise<TokenInfo> {
      return toTokenInfo(parseOne(tokenSchema, await envelopeOf(client.tokens.show())));
    },
    project,
    async *issues(source: IssueSource, filter: IssueFilter): AsyncGenerator<Issue> {
      const home =
        'project' in source
          ? { projectId: await numericId(source.project) }
          : { groupId: addressable(source.group) };
      yield* listIssues(client, home, filter);
    },
    async issue(idOrPath, iid): Promise<Issue> {
      const projectId = await numericId(idOrPath);
      return toIssue(parseOne(issueSchema, await envelopeOf(client.issues.show(iid, { projectId }))));
    },
    async notes(projectId, iid): Promise<Note[]> {
      const all = await readNumberedPages(
        async (page) => {
          const query = { sort: 'asc', orderBy: 'created_at', activityFilter: 'only_comments' };
          const call = client.notes.all(projectId, iid, { ...query, perPage: PER_PAGE, page } as Parameters<
            Client['notes']['all']
          >[2]);
          const result = parsePage(noteSchema, await envelopeOf(call));
          return { ...result, items: result.items.map(toNote) };
        },
        (note) => note.id,
      );
      return all.filter((note) => !note.system);
    },
    members,
    labels,
  };
}

/** Promises are kept, so that a hundred askers make one request; failures are forgotten. */
function cached<K, V>(load: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const known = new Map<K, Promise<V>>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const loading = load(key);
    known.set(key, loading);
    loading.catch(() => known.delete(key));
    return loading;
  };
}

/** `.` and `..` would be eaten by the address and lead to another route. */
function addressable(idOrPath: string | number): string | number {
  const text = String(idOrPath).trim();
  if (text === '' || text === '.' || text === '..') {
    throw new GatewayError(
      'not-found',
      `"${text}" names no project or group. Use the numeric id, or the path as in the address bar (group/project).`,
    );
  }
  return typeof idOrPath === 'number' ? idOrPath : text;
}
