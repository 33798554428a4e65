import { GatewayError } from '../../model/errors.ts';
import type { IssueReader } from '../../model/ports.ts';

/** Whether those who may read one project may know of issues in another. */
export type Audience = (where: number, of: number) => Promise<boolean>;

const ranks = ['private', 'internal', 'public'];

/**
 * What a comment names of other projects is read by all who may read the issue it is on: the address of a private
 * project is not for everyone who reads a public one.
 * @param reader null: no request may be sent, so no other project is named
 */
export function createAudience(reader: Pick<IssueReader, 'project'> | null): Audience {
  const rankOf = async (projectId: number): Promise<number> =>
    Math.max(0, ranks.indexOf((await reader?.project(projectId))?.visibility ?? 'private'));
  return async (where, of) => {
    if (where === of) return true;
    if (reader === null) return false;
    try {
      const [here, there] = await Promise.all([rankOf(where), rankOf(of)]);
      return there >= here;
    } catch (error) {
      if (!(error instanceof GatewayError) || error.fatal) throw error;
      return false;
    }
  };
}

/** The subjects of these that may be named on an issue of a project. */
export async function nameable(
  indices: readonly number[],
  {
    where,
    subjects,
    audience,
  }: {
    where: number;
    subjects: { at(index: number): { projectId: number } | undefined };
    audience: Audience;
  },
): Promise<number[]> {
  const may = await Promise.all(
    indices.map(async (index) => {
      const subject = subjects.at(index);
      return subject !== undefined && (await audience(where, subject.projectId));
    }),
  );
  return indices.filter((_, position) => may[position]);
}
