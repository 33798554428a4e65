import type { Activity } from '../../model/activity.ts';
import type { KrHygieneDocument } from '../../model/document.ts';
import { GatewayError } from '../../model/errors.ts';
import type { Issue } from '../../model/issue.ts';
import type { RunOptions } from './options.ts';
import type { Trace } from './trace-writes.ts';

/** What a run found of one issue, before it wrote anything. */
interface Found {
  issue: Issue;
  document: KrHygieneDocument;
  activity: Activity;
  /** An earlier run knew it, and nothing has changed since. */
  recalled: boolean;
}

/**
 * Keeps for the next run what was learned of an issue. GitLab moves the time of an issue's last change once a minute at
 * most (docs/gitlab.md §10), so a comment that is edited in the minute after our own write shows nowhere in a list: such
 * an issue is kept as one to be read once more.
 */
export async function remember(
  { reader, memory }: Pick<RunOptions, 'reader' | 'memory'>,
  { issue, document, activity, recalled }: Found,
  trace: Trace | null,
  { failed, notice }: { failed: boolean; notice: (error: unknown) => void },
): Promise<void> {
  if (memory === undefined) return;
  const { projectId, iid } = issue;
  const after = trace?.after(issue, activity) ?? null;
  // Of a write that failed it is not known what came of it; what was edited is another text now.
  if (trace?.edited() === true || failed) memory.forget(projectId, iid);
  else if (after === null || !after.wrote)
    await (recalled ? memory.keepAsIs(issue) : memory.keep(issue, { document, activity }, 'settled'));
  else {
    try {
      const updatedAt = after.updatedAt ?? (await reader.issue(projectId, iid)).updatedAt;
      const isBare = issue.userNotesCount === 0 && after.issue.userNotesCount === 0;
      const kept = { document, activity: after.activity };
      await memory.keep({ ...after.issue, updatedAt }, kept, isBare ? 'settled' : 'unsettled');
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      notice(error);
      memory.forget(projectId, iid);
    }
  }
}
