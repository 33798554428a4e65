import { GatewayError } from '../../src/model/errors.ts';
import type { Issue, Note, User } from '../../src/model/issue.ts';
import type { IssueReader, IssueWriter } from '../../src/model/ports.ts';
import { aNote, anIssue, bot } from '../plan/helpers.ts';

/** What happens to one request. */
export type Fault =
  | 'none'
  | 'refused'
  | 'lost-before'
  | 'lost-after'
  | 'lost-late'
  | 'timeout'
  | 'timeout-late'
  | '504-late'
  | 'killed';

/** The process is gone: nothing after it happens. */
export class Killed extends Error {}

/** One issue on a server, its faults in the order of the requests, and a turn to wait for before each of them. */
export interface FakeGitLab {
  reader: Pick<IssueReader, 'notes'>;
  writer: IssueWriter;
  notes: Note[];
  labels: string[];
  /** Requests as they came in. */
  log: string[];
  /** What GitLab was still at when the client gave up. */
  late: (() => void)[];
}

export interface FakeOptions {
  faults?: Fault[];
  turn?: () => Promise<void>;
  /** Labels that cannot be set for lack of permission. */
  unknownLabels?: string[];
}

/** Handles of one client on a server that several may share. */
export function clientOf(
  server: FakeGitLab,
  { faults = [], turn, unknownLabels = [] }: FakeOptions,
): FakeGitLab {
  const queue = [...faults];
  const request = async <T>(name: string, act: () => T): Promise<T> => {
    await turn?.();
    server.log.push(name);
    const fault = queue.shift() ?? 'none';
    if (fault === 'killed') throw new Killed('killed');
    if (fault === 'refused') throw new GatewayError('server', 'GitLab said no', { status: 503 });
    if (fault === 'lost-before')
      throw new GatewayError('unreachable', 'connection lost', { outcome: 'unknown' });
    if (fault === 'lost-late') {
      server.late.push(act);
      throw new GatewayError('unreachable', 'connection lost', { outcome: 'unknown' });
    }
    if (fault === 'timeout') throw new GatewayError('timeout', 'no answer', { outcome: 'unknown' });
    if (fault === 'timeout-late' || fault === '504-late') {
      server.late.push(act);
      throw fault === '504-late'
        ? new GatewayError('server', 'gateway timeout', { status: 504, outcome: 'unknown' })
        : new GatewayError('timeout', 'no answer', { outcome: 'unknown' });
    }
    const result = act();
    await turn?.();
    if (fault === 'lost-after')
      throw new GatewayError('unreachable', 'connection lost', { outcome: 'unknown' });
    return structuredClone(result);
  };
  const find = (noteId: number): Note => {
    const note = server.notes.find(({ id }) => id === noteId);
    if (note === undefined) throw new GatewayError('not-found', 'no such note', { status: 404 });
    return note;
  };
  return {
    ...server,
    reader: { notes: () => request('read', () => server.notes) },
    writer: {
      editIssue: () => Promise.reject(new Error('no issue is edited here')),
      createNote: (_project, _iid, body) =>
        request('create', () => {
          const note = aNote({ id: nextId(server), body, author: bot });
          server.notes.push(note);
          return note;
        }),
      updateNote: (_project, _iid, noteId, body) =>
        request('update', () => Object.assign(find(noteId), { body })),
      deleteNote: (_project, _iid, noteId) =>
        request('delete', () => {
          server.notes.splice(0, Infinity, ...server.notes.filter(({ id }) => id !== noteId));
        }),
      changeLabels: (_project, _iid, { add, remove }): Promise<Issue> =>
        request('labels', () => {
          const kept = server.labels.filter((label) => !remove.includes(label));
          const added = add.filter((label) => !kept.includes(label) && !unknownLabels.includes(label));
          server.labels.splice(0, Infinity, ...kept, ...added);
          return anIssue({ labels: server.labels });
        }),
    },
  };
}

export function fakeGitLab(options: FakeOptions = {}): FakeGitLab {
  const server: FakeGitLab = {
    notes: [],
    labels: ['KR'],
    log: [],
    late: [],
  } as Partial<FakeGitLab> as FakeGitLab;
  return clientOf(server, options);
}

const ids = new WeakMap<Note[], number>();

function nextId(server: FakeGitLab): number {
  const id = Math.max(ids.get(server.notes) ?? 100, ...server.notes.map((note) => note.id)) + 1;
  ids.set(server.notes, id);
  return id;
}

export const somebody: User = { id: 5, username: 'eve', name: 'Eve' };
