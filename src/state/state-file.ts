import { z } from 'zod';
import type { Activity } from '../model/activity.ts';
import type { KrHygieneDocument } from '../model/document.ts';
import type { Issue } from '../model/issue.ts';
import type { Memory, Remembered, Self, Stopped } from '../model/memory.ts';
import { type BlockRows, blockIndex, blockRows } from './block-index.ts';
import { fingerprintOf } from './fingerprint.ts';
import { header, pack, packBytes, stateKey, trailerMark, unpack } from './format.ts';
import { indexName, type OldState, openOldState } from './old-state.ts';

/** A file that is being written; it takes its name only when it is closed. */
export interface StateWriter {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<unknown>;
  discard(): Promise<void>;
}

export interface StateOptions {
  file: string;
  /** The token: state written with another one counts as empty. */
  secret: string;
  /** Everything besides the issue that a reading depends on: policy, version of the reader. */
  context: string;
  /** The present moment, in milliseconds: wherever it is taken from, a minute is a minute. */
  clock: () => number;
  /** Opens the file for writing; it is replaced as a whole or not at all. */
  openForWriting: (file: string) => Promise<StateWriter>;
}

/** What a run remembers and will be remembered by. */
export interface StateFile extends Memory {
  /** How many issues the earlier run had kept. */
  readonly size: number;
  /**
   * Gives the file its new content.
   * @param whole every issue was met: what was not met is forgotten
   */
  save(run: { whole: boolean }): Promise<void>;
  /** Leaves the file as it was. */
  abandon(): Promise<void>;
}

/**
 * What is inside is ours, since it is sealed: the shape is checked at the top only. What a newer or older version
 * wrote has another context.
 */
const entrySchema = z.object({
  context: z.string(),
  fingerprint: z.string(),
  updatedAt: z.string(),
  /** When we wrote to it in the run that kept this; null: we did not. */
  wroteAt: z.number().nullable(),
  document: z.object({ kind: z.string() }).loose(),
  activity: z
    .object({
      comments: z.array(z.unknown()),
      systemNotes: z.array(z.unknown()),
      labelEvents: z.array(z.unknown()),
      stateEvents: z.array(z.unknown()),
    })
    .loose()
    .nullable(),
});

/**
 * So long after a change of an issue an edited comment does not move the time of its last change (docs/gitlab.md §10).
 * Before that time is over it is pointless to read again: the issue stays one that is to be read.
 */
const quietMs = 60_000;

/** Under this key, which no issue has, and this name is kept whose token it is, and where a run stopped. */
const selfKey = 0;
const selfName = 'self';

const selfSchema = z.object({
  user: z.object({ id: z.int(), username: z.string(), name: z.string() }).nullable(),
  token: z
    .object({ scopes: z.array(z.string()), active: z.boolean(), expiresAt: z.string().nullable() })
    .nullable(),
  stopped: z.object({ projectId: z.int(), iid: z.int(), order: z.int() }).nullable().default(null),
});

const nothingKnown: z.output<typeof selfSchema> = { user: null, token: null, stopped: null };

/**
 * Opens the state of earlier runs and begins that of this one. Both are streamed: in memory is an index only. Nothing
 * is kept of a confidential issue; its comments are read every time.
 * @throws UsageError when the file is something else, or cannot be written
 */
export async function openState({
  file,
  secret,
  context,
  clock,
  openForWriting,
}: StateOptions): Promise<StateFile> {
  const secretKey = stateKey(secret);
  const old = await openOldState(file, secretKey);
  const writer = await openForWriting(file).catch(async (error: unknown) => {
    await old.close();
    throw error;
  });
  const oldSelf = await old.block(selfKey);
  const knownSelf = selfSchema.safeParse(oldSelf === null ? null : unpack(secretKey, selfName, oldSelf));
  const known = knownSelf.success ? knownSelf.data : nothingKnown;
  let self: Self & { stopped: Stopped | null } = known;
  /** Of what was kept in this run, one after the other: key, where its block begins, and its length. */
  const rows = blockRows();
  let offset = header.length;
  // One block after the other: several issues are worked on at a time.
  let queue: Promise<void> = writer.write(header);

  /** What is kept twice counts as it was kept last. */
  const append = (key: number, block: Buffer): Promise<void> => {
    rows.add(key, offset, block.length);
    offset += block.length;
    queue = queue.then(() => writer.write(block));
    return queue;
  };

  return {
    size: old.size - (oldSelf === null ? 0 : 1),
    self: () => Promise.resolve(self),
    keepSelf(more) {
      self = { ...self, ...more };
    },
    stopped: () => known.stopped,
    keepStopped: (stopped) => void (self = { ...self, stopped }),
    async recall(issue) {
      if (issue.confidential) return null;
      const block = await old.block(keyOf(issue));
      const entry = entrySchema.safeParse(block === null ? null : unpack(secretKey, nameOf(issue), block));
      return entry.success ? remembered(entry.data, issue, context, clock()) : null;
    },
    async keep(issue, { document, activity }, how) {
      if (issue.confidential || keyOf(issue) < 0) return;
      const fingerprint = fingerprintOf(issue);
      const { updatedAt } = issue;
      const entry = {
        context,
        fingerprint,
        updatedAt,
        wroteAt: how === 'unsettled' ? clock() : null,
        document,
        activity: activity === null ? null : withoutInternalWords(activity),
      };
      await append(keyOf(issue), pack(secretKey, nameOf(issue), entry));
    },
    async keepAsIs(issue) {
      const block = await old.block(keyOf(issue));
      if (block !== null) await append(keyOf(issue), block);
    },
    forget(projectId, iid) {
      rows.add(keyOf({ projectId, iid }), 0, 0);
    },
    async save({ whole }) {
      await append(selfKey, pack(secretKey, selfName, self));
      // What this run did not come to may serve the next one; after a whole run it is gone from GitLab.
      for (const key of whole ? [] : notKept(old, rows)) {
        const block = await old.block(key);
        if (block !== null) await append(key, block);
      }
      await old.close();
      await writer.write(endOf(rows, offset, secretKey));
      await writer.close();
    },
    async abandon() {
      await queue.catch(() => undefined);
      await old.close();
      await writer.discard();
    },
  };
}

/** Keys of the old state that this run has not kept anew by now. */
function* notKept(old: OldState, rows: BlockRows): Generator<number> {
  const kept = blockIndex(rows);
  for (const key of old.keys()) if (kept.find(key) === null) yield key;
}

/** The index, and where it begins. */
function endOf(rows: BlockRows, offset: number, key: Buffer): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeBigUInt64BE(BigInt(offset));
  return Buffer.concat([packBytes(key, indexName, blockIndex(rows).bytes()), trailer, trailerMark]);
}

/** What an entry says of an issue as a list shows it now; null: something has changed. */
function remembered(
  { context, fingerprint, updatedAt, wroteAt, document, activity }: z.output<typeof entrySchema>,
  issue: Issue,
  wanted: string,
  now: number,
): Remembered | null {
  const isSame = context === wanted && updatedAt === issue.updatedAt && fingerprint === fingerprintOf(issue);
  if (!isSame) return null;
  const isCertain = wroteAt === null || Math.abs(now - wroteAt) < quietMs;
  return {
    document: document as unknown as KrHygieneDocument,
    activity: isCertain ? (activity as Activity | null) : null,
  };
}

const nameOf = ({ projectId, iid, id }: Issue): string => `issue ${projectId} ${iid} ${id}`;

/** Far above the number of issues in any project. */
const perProject = 2 ** 23;

/** One number for project and iid, so that the index stays small; below 0: beyond what it can hold, and not kept. */
function keyOf({ projectId, iid }: Pick<Issue, 'projectId' | 'iid'>): number {
  const key = projectId * perProject + iid;
  return key > selfKey && iid < perProject && Number.isSafeInteger(key) ? key : -1;
}

/** An internal note has fewer readers than the cache of a pipeline, and no reading of ours looks into it. */
function withoutInternalWords(activity: Activity): Activity {
  const comments = activity.comments.map((note) => (note.internal ? { ...note, body: '' } : note));
  return { ...activity, comments };
}
