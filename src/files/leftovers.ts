import { constants } from 'node:fs';
import { lstat, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** What a process that was killed left next to a file that it was writing: see `openForWriting`. */
export interface Leftovers {
  /** Whether a file that begins like this is of the kind that is written there. */
  isOurs: (start: Buffer) => boolean;
  /** Milliseconds since 1970: what was written to since may belong to a process that is alive. */
  before: number;
}

/**
 * Removes what earlier writers of a file left behind when they were killed: regular files next to it, of a name that
 * only we give, that begin as ours do, and to which nothing was written for long. What cannot be removed stays: it does
 * no harm.
 */
export async function clearLeftovers(file: string, { isOurs, before }: Leftovers): Promise<void> {
  const folder = path.dirname(file);
  const begin = `${path.basename(file)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    const isNamedSo = name.startsWith(begin) && /^[0-9a-f]{16}\.partial$/.test(name.slice(begin.length));
    if (!isNamedSo) continue;
    const leftover = path.join(folder, name);
    const start = await startOf(leftover, before).catch(() => null);
    if (start !== null && isOurs(start)) await rm(leftover, { force: true }).catch(() => undefined);
  }
}

const HOUR_MS = 3_600_000;

/**
 * A file to which nothing was written since belongs to no run that is alive: one that lasts longer than its policy
 * allows has no requests left, and ends.
 */
export const oldestAlive = ({ runMinutes }: { runMinutes: number }): number =>
  Date.now() - runMinutes * 60_000 - HOUR_MS;

const START_BYTES = 64;

/** The first bytes of a regular file; null: it is another kind of file, or not old enough. */
async function startOf(file: string, before: number): Promise<Buffer | null> {
  if (!(await lstat(file)).isFile()) return null;
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags);
  try {
    const facts = await handle.stat();
    if (!facts.isFile() || facts.mtimeMs >= before) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
