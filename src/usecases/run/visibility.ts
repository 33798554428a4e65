import pLimit from 'p-limit';
import { GatewayError } from '../../model/errors.ts';
import type { IssueReader, IssueSource } from '../../model/ports.ts';

/** Who may read a project: `private`, `internal` or `public`. */
export type VisibilityOf = (projectId: number) => Promise<string>;

/** So many projects are asked for one by one: most backlogs have no more. */
const FEW = 20;

/**
 * Who may read a project. GitLab answers 400 questions a minute for one project (docs/gitlab.md §4), so where there are
 * many, the lists of the groups are read instead, a page of a hundred for each that is not known yet. What no list tells
 * is asked for by itself.
 */
export function createVisibility(
  reader: Pick<IssueReader, 'project' | 'projectsOf'>,
  sources: readonly IssueSource[],
): VisibilityOf {
  const pages = pagesOf(reader, sources);
  const listed = new Map<number, string>();
  const asked = new Map<number, Promise<string>>();
  // One page after the other: the one before may tell.
  const inTurn = pLimit(1);
  const ask = async (projectId: number): Promise<string> =>
    (await reader.project(projectId)).visibility ?? 'private';
  const lookUp = async (projectId: number): Promise<string> => {
    await inTurn(async () => {
      if (listed.has(projectId)) return;
      for (const { id, visibility } of (await pages.next()).value ?? [])
        listed.set(id, visibility ?? 'private');
    });
    return listed.get(projectId) ?? (await ask(projectId));
  };
  return (projectId) => {
    const found = asked.get(projectId) ?? (asked.size < FEW ? ask(projectId) : lookUp(projectId));
    asked.set(projectId, found);
    found.catch(() => asked.delete(projectId));
    return found;
  };
}

/** A group whose list cannot be read (to its end) tells what it has told. */
async function* pagesOf(
  reader: Pick<IssueReader, 'projectsOf'>,
  sources: readonly IssueSource[],
): AsyncGenerator<Awaited<ReturnType<IssueReader['project']>>[], undefined> {
  for (const source of sources) {
    if (!('group' in source)) continue;
    try {
      yield* reader.projectsOf(source.group);
    } catch (error) {
      if (!(error instanceof GatewayError) || error.fatal) throw error;
    }
  }
  return undefined;
}
