import { GatewayError } from '../../model/errors.ts';
import type { Issue } from '../../model/issue.ts';
import type { IssueReader, IssueSource } from '../../model/ports.ts';

/**
 * A reader that hands out issues of the given sources only: which issues a merge looks at again, and writes to, is
 * said by reports, and a report is a file that others may have touched.
 * @param sources [] where none is known: then every issue passes, and what may be written is what the token may
 * @returns the reader; `issue` throws a `GatewayError` for an issue of another project
 */
export function withinSources(reader: IssueReader, sources: readonly IssueSource[]): IssueReader {
  if (sources.length === 0) return reader;
  return {
    ...reader,
    async issue(project, iid) {
      const issue = await reader.issue(project, iid);
      for (const source of sources) if (await holds(reader, source, issue)) return issue;
      throw new GatewayError(
        'forbidden',
        `${issue.ref} is in none of the sources of this merge, so it is not written to; its report names an issue that no shard should have met`,
      );
    },
  };
}

async function holds(reader: IssueReader, source: IssueSource, { ref, projectId }: Issue): Promise<boolean> {
  const path = ref.replace(/#\d+$/, '').toLowerCase();
  if ('group' in source)
    // What is below a group that is known by its number cannot be told from a path.
    return typeof source.group === 'number' || path.startsWith(`${source.group.toLowerCase()}/`);
  if (source.project === projectId || String(source.project).toLowerCase() === path) return true;
  // A project that was renamed or moved answers to its old name too.
  return typeof source.project === 'string' && (await reader.project(source.project)).id === projectId;
}
