import type { FileHandle } from 'node:fs/promises';

/** Writes small pieces to a file in larger ones. */
export interface Buffered {
  write(content: string | Uint8Array): Promise<void>;
  flush(): Promise<void>;
}

const ROOM = 64 * 1024;

const done = Promise.resolve();

/** One buffer that is used again and again: a report is a million small pieces, and none of them is left to a collector. */
export function buffered(handle: Pick<FileHandle, 'writeFile'>, room: number = ROOM): Buffered {
  const bytes = Buffer.allocUnsafeSlow(room);
  let used = 0;
  const flush = async (): Promise<void> => {
    if (used > 0) await handle.writeFile(bytes.subarray(0, used));
    used = 0;
  };
  const put = async (content: string | Uint8Array): Promise<void> => {
    const length = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
    if (used + length > room) await flush();
    if (length > room) await handle.writeFile(content);
    else if (typeof content === 'string') used += bytes.write(content, used);
    else {
      bytes.set(content, used);
      used += length;
    }
  };
  // One after the other, whether or not the caller waits: the buffer must not change while it is written.
  let last: Promise<void> = Promise.resolve();
  let waiting = 0;
  const next = (step: () => Promise<void>): Promise<void> => {
    waiting += 1;
    last = last.then(step).then(() => void (waiting -= 1));
    return last;
  };
  return {
    write(content) {
      // Most go into the buffer at once: a character takes three bytes at most.
      if (waiting > 0 || typeof content !== 'string' || used + content.length * 3 > room)
        return next(() => put(content));
      used += bytes.write(content, used);
      return done;
    },
    flush: () => next(flush),
  };
}
