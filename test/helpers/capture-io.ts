import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command line in this process, as a user without a terminal would, or with one (`terminal`). */
export async function cli(
  args: readonly string[],
  options: {
    env?: NodeJS.ProcessEnv;
    stdin?: string;
    color?: boolean;
    columns?: number;
    terminal?: boolean;
  } = {},
): Promise<CliResult> {
  const result: CliResult = { code: -1, stdout: '', stderr: '' };
  const io: Io = {
    stdout: (text) => {
      result.stdout += text;
    },
    stderr: (text) => {
      result.stderr += text;
    },
    stdin: () => Promise.resolve(options.stdin ?? ''),
    stdoutIsTerminal: options.terminal ?? false,
    stderrIsTerminal: false,
    color: options.color ?? false,
    columns: options.columns ?? 80,
  };
  result.code = await main(['node', 'kr-hygiene', ...args], options.env ?? {}, io);
  return result;
}
