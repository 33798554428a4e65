import { GatewayError } from '../model/errors.ts';
import type { IssueReader } from '../model/ports.ts';
import type { SourceFailure } from '../model/report.ts';

/**
 * The members of a project by lower-case user name, asked for once a project. Where they cannot be read, that is
 * named once as a failure, and the rules do without: nobody is then called a stranger.
 */
export function memberLookup(
  reader: IssueReader,
  fail: (failure: SourceFailure) => void,
): (projectId: number) => Promise<ReadonlySet<string> | undefined> {
  const known = new Map<number, Promise<ReadonlySet<string> | undefined>>();
  const ask = async (projectId: number): Promise<ReadonlySet<string> | undefined> => {
    try {
      const members = await reader.members(projectId);
      return new Set(members.map((member) => member.username.toLowerCase()));
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
