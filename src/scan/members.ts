import { GatewayError } from '../model/errors.ts';
import type { Member, Project } from '../model/issue.ts';
import type { IssueReader } from '../model/ports.ts';
import type { SourceFailure } from '../model/report.ts';

/** User names in lower case. */
export interface ProjectMembers {
  all: ReadonlySet<string>;
  /** Access levels by name. */
  accessLevels: ReadonlyMap<string, number>;
  /** Accounts that are blocked or gone. */
  inactive: ReadonlySet<string>;
  /** User names by what people are called, in lower case: a display name, or a first name that only one has. */
  called: ReadonlyMap<string, string>;
  /** Who is not among them is a stranger. Not so in a project that others may see and take part in. */
  complete: boolean;
}

/**
 * @param text a description: who may see the project is asked for only where it mentions someone who is not a member
 */
export type MemberLookup = (projectId: number, text?: string) => Promise<ProjectMembers | undefined>;

/**
 * The members of a project by lower-case user name, asked for once a project. Where they cannot be read, that is
 * named once as a failure, and the rules do without: no one is then called a stranger.
 */
export function memberLookup(reader: IssueReader, fail: (failure: SourceFailure) => void): MemberLookup {
  const known = new Map<number, Promise<Omit<ProjectMembers, 'complete'> | undefined>>();
  const visible = new Map<number, Promise<boolean | undefined>>();
  const guarded = async <T>(projectId: number, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof GatewayError) || error.fatal) throw error;
      fail({ source: `members of project ${projectId}`, message: error.message });
      return undefined;
    }
  };
  /** What was made of a list; projects may share one. */
  const made = new WeakMap<readonly Member[], Omit<ProjectMembers, 'complete'>>();
  const ask = async (projectId: number): Promise<Omit<ProjectMembers, 'complete'>> => {
    const members = await reader.members(projectId);
    const found = made.get(members) ?? membersOf(members);
    made.set(members, found);
    return found;
  };
  return async (projectId, text) => {
    const members = await once(known, projectId, () => guarded(projectId, () => ask(projectId)));
    if (members === undefined) return undefined;
    if (text !== undefined && !mentionsStranger(text, members.all)) return { ...members, complete: true };
    const complete = await once(visible, projectId, () =>
      guarded(projectId, async () => isPrivate(await reader.project(projectId))),
    );
    return complete === undefined ? undefined : { ...members, complete };
  };
}

function membersOf(members: readonly Member[]): Omit<ProjectMembers, 'complete'> {
  const levels = members.map((one): [string, number] => [one.username.toLowerCase(), one.accessLevel]);
  return {
    all: new Set(levels.map(([name]) => name)),
    accessLevels: new Map(levels),
    inactive: new Set(members.filter(isInactive).map(({ username }) => username.toLowerCase())),
    called: namesOf(members),
  };
}

function once<T>(known: Map<number, Promise<T>>, key: number, ask: () => Promise<T>): Promise<T> {
  const pending = known.get(key) ?? ask();
  known.set(key, pending);
  return pending;
}

/** Whether a text may mention someone who is not a member; what looks like a name counts. */
function mentionsStranger(text: string, members: ReadonlySet<string>): boolean {
  for (const [, name = ''] of text.matchAll(/@([\w.-]+)/g)) {
    const lower = name.toLowerCase();
    if (!members.has(lower) && !members.has(lower.replace(/[.-]+$/, ''))) return true;
  }
  return false;
}

const isPrivate = ({ visibility = 'private' }: Project): boolean => visibility === 'private';

const isInactive = ({ state }: Member): boolean => state !== 'active' && state !== 'awaiting';

function namesOf(members: readonly Member[]): Map<string, string> {
  const found = new Map<string, Set<string>>();
  const add = (name: string, username: string): void => {
    const key = name.trim().toLowerCase();
    if (key.length < 2) return;
    found.set(key, (found.get(key) ?? new Set()).add(username));
  };
  for (const member of members) {
    if (isInactive(member)) continue;
    add(member.name, member.username);
    const [first = ''] = member.name.trim().split(/\s+/);
    if (first !== member.name.trim()) add(first, member.username);
  }
  return new Map(
    [...found].flatMap(([name, [only = '', ...others]]) => (others.length === 0 ? [[name, only]] : [])),
  );
}
