import type { Command } from 'commander';
import { type CliContext, createContext } from '../../src/cli/context.ts';
import type { Io } from '../../src/cli/io.ts';

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs one command by itself; what it throws stays thrown. */
export async function runCommandAlone(
  factory: (context: CliContext) => Command,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const outcome: Outcome = { code: 0, stdout: '', stderr: '' };
  const io: Io = {
    stdout: (text) => {
      outcome.stdout += text;
    },
    stderr: (text) => {
      outcome.stderr += text;
    },
    stdin: () => Promise.resolve(''),
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    color: false,
    columns: 100,
  };
  const context = createContext(io, env);
  await factory(context)
    .exitOverride()
    .parseAsync([...args], { from: 'user' });
  outcome.code = context.exitCode;
  return outcome;
}
