/** Where a command speaks and listens; a test hands in its own. */
export interface Io {
  /** Results; the text as it is, no newline added. */
  stdout(text: string): void;
  /** Logs, progress, errors. */
  stderr(text: string): void;
  /** All of standard input. */
  stdin(): Promise<string>;
  /** Whether stdout, stderr are terminals. */
  stdoutIsTerminal: boolean;
  stderrIsTerminal: boolean;
  /** Whether colour is wanted on stdout (terminal, and no `NO_COLOR`). */
  color: boolean;
  /** Width of the terminal in columns; 80 when unknown. */
  columns: number;
}

/** The process's own streams. `env` decides on colour: https://no-color.org, and `FORCE_COLOR`. */
export function processIo(env: NodeJS.ProcessEnv): Io {
  const terminal = process.stdout.isTTY;
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    stdin: readStdin,
    stdoutIsTerminal: terminal,
    stderrIsTerminal: process.stderr.isTTY,
    color: wantsColor(env, terminal),
    // A terminal may say that it has no columns at all: `script` makes such ones.
    columns: process.stdout.columns || 80,
  };
}

function wantsColor(env: NodeJS.ProcessEnv, terminal: boolean): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return terminal && env['TERM'] !== 'dumb';
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
