import { mebibytes } from '../files/read.ts';
import { UsageError } from '../model/errors.ts';
import { withoutToken } from '../model/secret.ts';
import { steerless } from '../text/visible.ts';

/** Where a command speaks and listens; a test hands in its own. */
export interface Io {
  /** Results; the text as it is, no newline added. */
  stdout(text: string): void;
  /** Logs, progress, errors. */
  stderr(text: string): void;
  /**
   * All of standard input.
   * @param maxBytes more is not read
   * @throws UsageError when there is more
   */
  stdin(maxBytes: number): Promise<string>;
  /**
   * Standard input line by line, as it comes; left out: it comes all at once.
   * @param maxBytes a line that is longer is not read
   * @throws UsageError at such a line
   */
  stdinLines?(maxBytes: number): AsyncIterable<string>;
  /** Whether stdout, stderr are terminals. */
  stdoutIsTerminal: boolean;
  stderrIsTerminal: boolean;
  /** Whether colour is wanted on stdout. */
  color: boolean;
  /** Whether colour is wanted on stderr; left out: as on stdout. */
  stderrColor?: boolean;
  /** Width of the terminal in columns; 80 when unknown. */
  columns: number;
}

/** Streams that pass everything through `safe` before it is printed. */
export interface SafeIo extends Io {
  stderrColor: boolean;
  /**
   * A text as it may be published in a file: without tokens, and without anything that would steer what shows it.
   * JSON stays the same JSON.
   */
  safe(text: string): string;
}

/**
 * Everything that is printed passes here: results, logs, errors, help. Foreign text that someone forgot to escape
 * cannot steer a terminal or a job log, and no token gets out, however it is written.
 * @param secrets tokens; what is shorter than a token is left alone
 */
export function safeIo(io: Io, secrets: readonly string[]): SafeIo {
  const { color, stderrColor = color } = io;
  const pass = (text: string, colors: boolean): string =>
    steerless(secrets.reduce(withoutToken, text), { color: colors });
  return {
    ...io,
    color,
    stderrColor,
    stdout: (text) => io.stdout(pass(text, color)),
    stderr: (text) => io.stderr(pass(text, stderrColor)),
    safe: (text) => pass(text, false),
  };
}

/** The process's own streams. `env` decides on colour, see `wantsColor`. */
export function processIo(env: NodeJS.ProcessEnv): Io {
  // Undefined where it is not one.
  const stdoutIsTerminal = process.stdout.isTTY;
  const stderrIsTerminal = process.stderr.isTTY;
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    stdin: (maxBytes) => readStream(process.stdin, maxBytes),
    stdinLines: (maxBytes) => readLines(process.stdin, maxBytes),
    stdoutIsTerminal,
    stderrIsTerminal,
    color: wantsColor(env, stdoutIsTerminal),
    stderrColor: wantsColor(env, stderrIsTerminal),
    // A terminal may say that it has no columns at all: `script` makes such ones.
    columns: process.stdout.columns || 80,
  };
}

/**
 * Whether a stream gets colours, by the conventions: `NO_COLOR` (https://no-color.org) and `FORCE_COLOR`
 * (https://force-color.org) count where they are not empty, `NO_COLOR` first; `FORCE_COLOR` of `0` or `false` takes
 * colour away, as for Node itself; else a terminal that can has it. `CI` says nothing about colour.
 */
export function wantsColor(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced) return forced !== '0' && forced.toLowerCase() !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

const LF = 0x0a;

/**
 * All that a stream gives, as text.
 * @throws UsageError as soon as it gives more than `maxBytes`
 */
export async function readStream(stream: AsyncIterable<unknown>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    total += bytes.length;
    if (total > maxBytes)
      throw new UsageError(
        `Standard input is larger than ${mebibytes(maxBytes)}, the most that is read. Give it in parts.`,
      );
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, total).toString('utf8');
}

/**
 * The lines that a stream gives, each as soon as it is there, without their ends (LF or CRLF); nothing else ends one.
 * @throws UsageError as soon as a line holds more than `maxBytes`
 */
export async function* readLines(stream: AsyncIterable<unknown>, maxBytes: number): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let total = 0;
  const add = (bytes: Buffer): void => {
    total += bytes.length;
    if (total > maxBytes)
      throw new UsageError(
        `A line of standard input is larger than ${mebibytes(maxBytes)}, the most that is read.`,
      );
    parts.push(bytes);
  };
  const take = (): string => {
    const line = Buffer.concat(parts, total).toString('utf8').replace(/\r$/, '');
    parts = [];
    total = 0;
    return line;
  };
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    let from = 0;
    for (let to = bytes.indexOf(LF); to !== -1; to = bytes.indexOf(LF, from)) {
      add(bytes.subarray(from, to));
      yield take();
      from = to + 1;
    }
    add(bytes.subarray(from));
  }
  if (total > 0) yield take();
}
