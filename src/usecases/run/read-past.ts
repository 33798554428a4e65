import type { Past } from '../../assess/past.ts';
import type { Activity } from '../../model/activity.ts';
import type { Issue, User } from '../../model/issue.ts';
import type { Memory, Remembered } from '../../model/memory.ts';
import type { IssueReader } from '../../model/ports.ts';

const nothing: Activity = { comments: [], systemNotes: [], labelEvents: [], stateEvents: [] };

/** What a run knows of the past of its issues, and what it must say about that at the end. */
export interface PastReader {
  /** @throws GatewayError when a list could not be read to its end */
  read(
    issue: Issue,
    accessLevels: ReadonlyMap<string, number> | undefined,
    remembered: Remembered | null,
  ): Promise<Past>;
  /** Sentences for the report. */
  warnings(): string[];
}

/**
 * Reads comments and events of one issue after the other. Of an issue that no one touched since it was opened there
 * are none, so GitLab is not asked; nor where an earlier run has read them and nothing has changed since.
 */
export function createPastReader(reader: IssueReader, memory?: Memory): PastReader {
  const untold = new Set<string>();
  const userFor = async (activity: Activity, isRecalled: boolean): Promise<User> => {
    const known = isRecalled && !mayMentionBot(activity) ? ((await memory?.self())?.user ?? null) : null;
    if (known !== null) return known;
    const user = await reader.currentUser();
    memory?.keepSelf({ user });
    return user;
  };
  return {
    async read(issue, accessLevels, remembered) {
      const activity = isUntouched(issue)
        ? nothing
        : (remembered?.activity ?? (await reader.activity(issue.projectId, issue.iid)));
      for (const list of activity.untold ?? []) untold.add(list);
      const isRecalled = activity === remembered?.activity;
      const bot = activity === nothing ? null : await userFor(activity, isRecalled);
      return { issue, activity, bot, ...(accessLevels === undefined ? {} : { accessLevels }) };
    },
    warnings: () =>
      [...untold].map(
        (list) =>
          `This GitLab does not tell the ${list} of issues, so what they would say is missing from the past of KRs.`,
      ),
  };
}

/** The user of a token is always the same, but not its name: that counts only where a comment begins a line with one. */
function mayMentionBot({ comments }: Activity): boolean {
  return comments.some(({ body }) => /^ {0,3}@/m.test(body));
}

/** Comments are counted, and every other change moves `updated_at` (docs/gitlab.md §10, §24). */
function isUntouched({ userNotesCount, createdAt, updatedAt }: Issue): boolean {
  return userNotesCount === 0 && Date.parse(createdAt) === Date.parse(updatedAt);
}
