import { GatewayError } from '../../model/errors.ts';
import { isProgram } from '../../model/nudge-note.ts';
import type { IssueReader, IssueSource } from '../../model/ports.ts';
import { createVisibility } from './visibility.ts';

/** Whether those who may read one project may know of issues in another. */
export type Audience = (where: number, of: number) => Promise<boolean>;

const ranks = ['private', 'internal', 'public'];

/**
 * What a comment names of other projects is read by all who may read the issue it is on: the address of a private
 * project is not for everyone who reads a public one, and that of one private project not for those members of another
 * who have no part in it.
 * @param reader null: no request may be sent, so no other project is named
 */
export function createAudience(
  reader: Pick<IssueReader, 'project' | 'projectsOf' | 'members'> | null,
  sources: readonly IssueSource[],
): Audience {
  const visibilityOf = reader === null ? null : createVisibility(reader, sources);
  const rankOf = async (projectId: number): Promise<number> =>
    Math.max(0, ranks.indexOf((await visibilityOf?.(projectId)) ?? 'private'));
  const isMemberOfBoth = async (where: number, of: number): Promise<boolean> => {
    const membersOf = async (id: number) => (await reader?.members(id)) ?? [];
    const [here, there] = await Promise.all([membersOf(where), membersOf(of)]);
    const known = new Set(there.map(({ id }) => id));
    return here === there || here.every((member) => known.has(member.id) || isProgram(member));
  };
  return async (where, of) => {
    if (where === of) return true;
    if (reader === null) return false;
    try {
      const [here, there] = await Promise.all([rankOf(where), rankOf(of)]);
      return there > 0 ? there >= here : here === 0 && (await isMemberOfBoth(where, of));
    } catch (error) {
      if (!(error instanceof GatewayError) || error.fatal) throw error;
      return false;
    }
  };
}

/**
 * The first of many subjects that may be named on an issue of a project, and how many may be. What holds for a project
 * is asked for once.
 * @param others may be gone through twice
 */
export async function firstNameable(
  others: Iterable<number>,
  most: number,
  { where, projectOf, audience }: { where: number; projectOf: (index: number) => number; audience: Audience },
): Promise<{ first: number[]; count: number }> {
  const projects = new Set<number>();
  for (const index of others) projects.add(projectOf(index));
  const asked = [...projects].map(async (of) => ((await audience(where, of)) ? [of] : []));
  const open = new Set((await Promise.all(asked)).flat());
  const first: number[] = [];
  let count = 0;
  for (const index of others) {
    if (!open.has(projectOf(index))) continue;
    count += 1;
    if (count <= most) first.push(index);
  }
  return { first, count };
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
