import { createHash } from 'node:crypto';
import { GatewayError } from '../model/errors.ts';
import type { Label, Member, Project, User } from '../model/issue.ts';
import { quoted } from '../text/visible.ts';
import { type Client, envelopeOf, parseOne } from './client.ts';
import { type Page, parsePage, readNumberedPages } from './pages.ts';
import { labelSchema, memberSchema, projectSchema, userSchema } from './schema.ts';
import { toLabel, toMember, toProject, toUser } from './to-model.ts';

const PER_PAGE = 100;

/** What is looked up once per run and then known. */
export interface Lookups {
  currentUser: () => Promise<User>;
  project: (idOrPath: string | number) => Promise<Project>;
  /** The project as it is now, whatever is known. */
  freshProject: (idOrPath: string | number) => Promise<Project>;
  /** One page of the projects of a group and its subgroups. */
  projectPage: (group: string | number, page: number) => Promise<Page<Project>>;
  members: (projectId: number) => Promise<Member[]>;
  labels: (projectId: number) => Promise<Label[]>;
}

/** @param learn is told each project that was read, and what it was asked for by */
export function createLookups(
  client: Client,
  learn: (project: Project, askedFor: string | number) => void,
): Lookups {
  const freshProject = async (idOrPath: string | number): Promise<Project> => {
    const asked = addressable(idOrPath);
    const project = toProject(parseOne(projectSchema, await envelopeOf(client.projects.show(asked))));
    learn(project, asked);
    return project;
  };
  const projectPage = async (group: string | number, page: number): Promise<Page<Project>> => {
    const order = { orderBy: 'id', sort: 'asc' } as const;
    const query = { includeSubgroups: true, withShared: false, ...order, perPage: PER_PAGE, page };
    const result = parsePage(
      projectSchema,
      await envelopeOf(client.groups.allProjects(addressable(group), query)),
    );
    return { ...result, items: result.items.map(toProject) };
  };
  const currentUser = cached(
    async (): Promise<User> => toUser(parseOne(userSchema, await envelopeOf(client.users.showCurrentUser()))),
  );
  const shared = createSharing<Member[]>();
  const members = async (projectId: number): Promise<Member[]> => {
    const all = await readNumberedPages(
      async (page) => {
        const query = { includeInherited: true, perPage: PER_PAGE, page };
        const result = parsePage(memberSchema, await envelopeOf(client.members.all(projectId, query)));
        return { ...result, items: result.items.map(toMember) };
      },
      ({ id }) => id,
    );
    return shared(all);
  };
  const labels = (projectId: number): Promise<Label[]> =>
    readNumberedPages(
      async (page) => {
        const query = { perPage: PER_PAGE, page };
        const result = parsePage(labelSchema, await envelopeOf(client.labels.all(projectId, query)));
        return { ...result, items: result.items.map(toLabel) };
      },
      ({ name }) => name,
    );
  return {
    currentUser: () => currentUser(undefined),
    // Asked for by its path and later by its id, it is still one request.
    project: cached<string | number, Project>(freshProject, ({ id }) => id),
    freshProject,
    projectPage,
    members: cached(members),
    labels: cached(labels),
  };
}

/**
 * Promises are kept, so that a hundred askers make one request; failures are forgotten.
 * @param otherKey another key under which the value will be asked for
 */
function cached<K, V>(load: (key: K) => Promise<V>, otherKey?: (value: V) => K): (key: K) => Promise<V> {
  const known = new Map<K, Promise<V>>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const loading = load(key);
    known.set(key, loading);
    loading.then(
      (value) => otherKey !== undefined && known.set(otherKey(value), loading),
      () => known.delete(key),
    );
    return loading;
  };
}

/**
 * Most projects of a group have the members they inherit and no others: a list that is equal to one that is known is
 * that one, so that a thousand projects do not hold it a thousand times.
 */
function createSharing<T extends object>(): (list: T) => T {
  const known = new Map<string, T>();
  return (list) => {
    const key = createHash('sha256').update(JSON.stringify(list)).digest('base64');
    const found = known.get(key) ?? list;
    known.set(key, found);
    return found;
  };
}

/** `.` and `..` would be eaten by the address and lead to another route. */
export function addressable(idOrPath: string | number): string | number {
  const text = String(idOrPath).trim();
  if (text === '' || text === '.' || text === '..') {
    throw new GatewayError(
      'not-found',
      `${quoted(text)} names no project or group. Use the numeric id, or the path as in the address bar (group/project).`,
    );
  }
  return typeof idOrPath === 'number' ? idOrPath : text;
}
