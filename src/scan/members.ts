import { GatewayError } from '../model/errors.ts';
import type { IssueReader } from '../model/ports.ts';
import type { SourceFailure } from '../model/report.ts';

/** User names in lower case. */
export interface ProjectMembers {
  all: ReadonlySet<string>;
  /** Access levels by name. */
  accessLevels: ReadonlyMap<string, number>;
}

/**
 * The members of a project by lower-case user name, asked for once a project. Where they cannot be read, that is
 * named once as a failure, and the rules do without: nobody is then called a stranger.
 */
export function memberLookup(
  reader: IssueReader,
  fail: (failure: SourceFailure) => void,
): (projectId: number) => Promise<ProjectMembers | undefined> {
  const known = new Map<number, Promise<ProjectMembers | undefined>>();
  const ask = async (projectId: number): Promise<ProjectMembers | undefined> => {
    try {
      const members = await reader.members(projectId);
      const levels = members.map((one): [string, number] => [one.username.toLowerCase(), one.accessLevel]);
      return { all: new Set(levels.map(([name]) => name)), accessLevels: new Map(levels) };
    } catch (error) {
      if (!(error instanceof GatewayError) || error.fatal) throw error;
      fail({ source: `members of project ${projectId}`, message: error.message });
      return undefined;
    }
  };
  return (projectId) => {
    const pending = known.get(projectId) ?? ask(projectId);
    known.set(projectId, pending);
    return pending;
  };
}
