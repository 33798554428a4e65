import { GatewayError } from '../model/errors.ts';
import type { Issue, Project } from '../model/issue.ts';
import type { IssueReader, IssueSource } from '../model/ports.ts';
import type { SourceFailure } from '../model/report.ts';
import type { Policy } from '../model/rule.ts';

/** What a scan meets: an issue that is a KR, or a source that could not be read (to its end). */
export type Scanned = { issue: Issue } | { failure: SourceFailure };

/** How a source is named in messages: `project group/a`, `group 12`. */
export function sourceName(source: IssueSource): string {
  return 'project' in source ? `project ${source.project}` : `group ${source.group}`;
}

/**
 * Streams the KRs of all sources, each once, in the order GitLab lists them. A source that fails is yielded as a
 * failure and does not stop the others.
 * @throws GatewayError when it is fatal for the run: bad token, missing scope
 */
export async function* scan(
  sources: readonly IssueSource[],
  policy: Policy,
  reader: IssueReader,
  now: string,
): AsyncGenerator<Scanned> {
  // Sources may overlap (a group and one of its projects); a single source never repeats an issue.
  const seen = sources.length > 1 ? new Set<number>() : null;
  for (const source of sources) {
    try {
      if ('project' in source) assertReadable(await reader.project(source.project));
      const resolved = 'project' in source ? { project: (await reader.project(source.project)).id } : source;
      for await (const issue of reader.issues(resolved, policy.filter)) {
        if (seen?.has(issue.id) || policy.unselected(issue, now) !== null) continue;
        seen?.add(issue.id);
        yield { issue };
      }
    } catch (error) {
      if (!(error instanceof GatewayError) || error.fatal) throw error;
      yield { failure: { source: sourceName(source), message: error.message } };
    }
  }
}

function assertReadable(project: Project): void {
  if (!project.issuesEnabled) {
    throw new GatewayError(
      'issues-disabled',
      `Issues are switched off in ${project.path}. Switch them on under Settings > General > Visibility, or take the project out of the sources.`,
    );
  }
  if (project.archived) {
    throw new GatewayError(
      'archived',
      `${project.path} is archived, so nothing in it can be changed. Take it out of the sources, or unarchive it.`,
    );
  }
}
