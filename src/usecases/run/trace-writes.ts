import type { Activity } from '../../model/activity.ts';
import type { Issue, Note } from '../../model/issue.ts';
import type { IssueWriter } from '../../model/ports.ts';

/** An issue and its past as the next run will find them if no one but us has done anything. */
export interface Aftermath {
  issue: Issue;
  activity: Activity;
  /** Something was written. */
  wrote: boolean;
  /** ISO 8601 instant of the last change of the issue, if the answer to our last write told it; else null. */
  updatedAt: string | null;
}

/** A writer that takes down what its writes change. */
export interface Trace {
  writer: IssueWriter;
  after(issue: Issue, activity: Activity): Aftermath;
  /** The issue itself was changed, or that was tried. */
  edited(): boolean;
}

/**
 * Follows our writes to one issue, so that the next run need not read again what we have done ourselves. Our label
 * events are left out of the activity: what the bot does is not part of a KR's past.
 */
export function traceWrites(writer: IssueWriter): Trace {
  const changes: ((state: Aftermath) => Aftermath)[] = [];
  let edited = false;
  const wrote = (updatedAt: string | null, change: (state: Aftermath) => Aftermath): void => {
    changes.push((state) => ({ ...change(state), wrote: true, updatedAt }));
  };
  return {
    writer: {
      ...writer,
      async createNote(projectId, iid, body) {
        const note = await writer.createNote(projectId, iid, body);
        wrote(null, (state) => withComments(counted(state, 1), [...state.activity.comments, note]));
        return note;
      },
      async updateNote(projectId, iid, noteId, body) {
        const note = await writer.updateNote(projectId, iid, noteId, body);
        wrote(null, (state) =>
          withComments(
            state,
            state.activity.comments.map((known) => (known.id === noteId ? note : known)),
          ),
        );
        return note;
      },
      async deleteNote(projectId, iid, noteId) {
        await writer.deleteNote(projectId, iid, noteId);
        wrote(null, (state) =>
          withComments(
            counted(state, -1),
            state.activity.comments.filter(({ id }) => id !== noteId),
          ),
        );
      },
      async changeLabels(projectId, iid, change) {
        const issue = await writer.changeLabels(projectId, iid, change);
        wrote(issue.updatedAt, (state) => ({ ...state, issue: { ...state.issue, labels: issue.labels } }));
        return issue;
      },
      async editIssue(projectId, iid, change) {
        // The text, or what rules know of the issue, is another one now: it is not kept, so the next run reads it.
        edited = true;
        return writer.editIssue(projectId, iid, change);
      },
    },
    edited: () => edited,
    after: (issue, activity) =>
      changes.reduce<Aftermath>((state, change) => change(state), {
        issue,
        activity,
        wrote: false,
        updatedAt: null,
      }),
  };
}

function withComments(state: Aftermath, comments: readonly Note[]): Aftermath {
  return { ...state, activity: { ...state.activity, comments } };
}

function counted(state: Aftermath, change: number): Aftermath {
  return { ...state, issue: { ...state.issue, userNotesCount: state.issue.userNotesCount + change } };
}
