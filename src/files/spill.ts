import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ByteLog } from '../model/byte-log.ts';

/** What is appended is written in pieces of this size; less than one piece never leaves the memory. */
const PIECE = 256 * 1024;

/** What lies next to it is read with it: things are mostly asked for one after the other. */
const WINDOW = 64 * 1024;

/** A byte log in a file that has no name once it is open, so that memory does not grow with it. */
export function createSpill(): ByteLog {
  const piece = Buffer.allocUnsafeSlow(PIECE);
  const window = Buffer.allocUnsafeSlow(WINDOW);
  let seen = { begin: 0, end: 0 };
  /** Bytes in the file, and behind them in the piece. */
  let written = 0;
  let used = 0;
  let file: number | null = null;
  const flush = (): void => {
    file ??= openNamelessSync();
    for (let done = 0; done < used; ) done += writeSync(file, piece, done, used - done, written + done);
    written += used;
    used = 0;
  };
  const append = (bytes: Uint8Array): number => {
    for (let done = 0; done < bytes.length; ) {
      if (used === PIECE) flush();
      const part = bytes.subarray(done, done + PIECE - used);
      piece.set(part, used);
      done += part.length;
      used += part.length;
    }
    return written + used;
  };
  const readFile = (into: Buffer, begin: number): number => {
    let done = 0;
    for (let more = -1; more !== 0 && done < into.length; done += more)
      more = readSync(file ?? -1, into, done, into.length - done, begin + done);
    return done;
  };
  /** Of what is in the file; good until the next call. */
  const fromFile = (begin: number, end: number): Buffer => {
    if (end - begin > WINDOW) {
      const large = Buffer.allocUnsafeSlow(end - begin);
      return large.subarray(0, readFile(large, begin));
    }
    if (begin < seen.begin || end > seen.end)
      seen = { begin, end: begin + readFile(window.subarray(0, Math.min(WINDOW, written - begin)), begin) };
    return window.subarray(begin - seen.begin, end - seen.begin);
  };
  return {
    append,
    appendText(text) {
      if (used + text.length * 3 > PIECE) return append(Buffer.from(text));
      used += piece.write(text, used);
      return written + used;
    },
    read(begin, end) {
      if (begin >= written) return piece.subarray(begin - written, end - written);
      if (end <= written) return fromFile(begin, end);
      return Buffer.concat([fromFile(begin, written), piece.subarray(0, end - written)]);
    },
    close() {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

function openNamelessSync(): number {
  const name = path.join(tmpdir(), `kr-hygiene-${randomBytes(12).toString('hex')}`);
  const file = openSync(name, 'wx+', 0o600);
  try {
    unlinkSync(name);
  } catch {
    // Where an open file keeps its name, it goes with the folder.
  }
  return file;
}
