import type { Activity } from '../../model/activity.ts';
import type { Issue, Note } from '../../model/issue.ts';
import type { Memory } from '../../model/memory.ts';
import type { IssueWriter } from '../../model/ports.ts';

/** An issue and its past as the next run will find them if no one but us has done anything. */
export interface Aftermath {
  issue: Issue;
  activity: Activity;
  /** ISO 8601 instant of our last write, by the server's clock; null: there was none. */
  ownWriteAt: string | null;
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
 * events are left out of the activity: what the bot does is no part of a KR's past.
 */
export function traceWrites(writer: IssueWriter): Trace {
  const changes: ((state: Aftermath) => Aftermath)[] = [];
  let edited = false;
  const wrote = (at: string, change: (state: Aftermath) => Aftermath): void => {
    changes.push((state) => ({ ...change(state), ownWriteAt: latest(state.ownWriteAt, at) }));
  };
  return {
    writer: {
      ...writer,
      async createNote(projectId, iid, body) {
        const note = await writer.createNote(projectId, iid, body);
        wrote(note.updatedAt, (state) => withComments(counted(state, 1), [...state.activity.comments, note]));
        return note;
      },
      async updateNote(projectId, iid, noteId, body) {
        const note = await writer.updateNote(projectId, iid, noteId, body);
        wrote(note.updatedAt, (state) =>
          withComments(
            state,
            state.activity.comments.map((known) => (known.id === noteId ? note : known)),
          ),
        );
        return note;
      },
      async deleteNote(projectId, iid, noteId) {
        await writer.deleteNote(projectId, iid, noteId);
        // A deletion does not touch the issue (docs/gitlab.md §24).
        changes.push((state) =>
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
      changes.reduce<Aftermath>((state, change) => change(state), { issue, activity, ownWriteAt: null }),
  };
}

/** A writer for what is written at the end of a run: what was kept of an issue that it touches is forgotten. */
export function forgettingWriter(writer: IssueWriter, memory: Memory): IssueWriter {
  return {
    ...writer,
    createNote: (projectId, iid, body) => {
      memory.forget(projectId, iid);
      return writer.createNote(projectId, iid, body);
    },
    updateNote: (projectId, iid, noteId, body) => {
      memory.forget(projectId, iid);
      return writer.updateNote(projectId, iid, noteId, body);
    },
    deleteNote: (projectId, iid, noteId) => {
      memory.forget(projectId, iid);
      return writer.deleteNote(projectId, iid, noteId);
    },
    editIssue: (projectId, iid, change) => {
      memory.forget(projectId, iid);
      return writer.editIssue(projectId, iid, change);
    },
    changeLabels: (projectId, iid, change) => {
      memory.forget(projectId, iid);
      return writer.changeLabels(projectId, iid, change);
    },
  };
}

function withComments(state: Aftermath, comments: readonly Note[]): Aftermath {
  return { ...state, activity: { ...state.activity, comments } };
}

function counted(state: Aftermath, change: number): Aftermath {
  return { ...state, issue: { ...state.issue, userNotesCount: state.issue.userNotesCount + change } };
}

function latest(a: string | null, b: string): string {
  return a !== null && Date.parse(a) >= Date.parse(b) ? a : b;
}
