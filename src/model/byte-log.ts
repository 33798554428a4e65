/** Bytes one after the other, in memory or elsewhere, but outside of the heap that the garbage collector looks through. */
export interface ByteLog {
  /** @returns the position behind what was added */
  append(bytes: Uint8Array): number;
  /** The same, of a text as UTF-8. */
  appendText(text: string): number;
  /** @returns bytes that are good until the next call */
  read(begin: number, end: number): Buffer;
  /** Nothing is read or appended any more. */
  close(): void;
}

/** Small enough to waste little, large enough to be few. */
const CHUNK = 256 * 1024;

export function createByteLog(): ByteLog {
  const chunks: Buffer[] = [];
  let size = 0;
  const append = (bytes: Uint8Array): number => {
    for (let done = 0; done < bytes.length; ) {
      const at = size % CHUNK;
      if (at === 0) chunks.push(Buffer.allocUnsafeSlow(CHUNK));
      const part = bytes.subarray(done, done + CHUNK - at);
      chunks.at(-1)?.set(part, at);
      done += part.length;
      size += part.length;
    }
    return size;
  };
  return {
    append,
    appendText(text) {
      const at = size % CHUNK;
      // Most fit where the last one ended, and are written there at once.
      if (at === 0 || at + Buffer.byteLength(text) > CHUNK) return append(Buffer.from(text));
      size += chunks.at(-1)?.write(text, at) ?? 0;
      return size;
    },
    read(begin, end) {
      const first = Math.floor(begin / CHUNK);
      const last = Math.floor(Math.max(begin, end - 1) / CHUNK);
      const from = begin - first * CHUNK;
      if (first === last) return (chunks[first] ?? Buffer.alloc(0)).subarray(from, from + end - begin);
      const whole = Buffer.concat(chunks.slice(first, last + 1));
      return whole.subarray(from, from + end - begin);
    },
    close() {
      chunks.length = 0;
    },
  };
}
