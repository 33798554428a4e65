import { Command, CommanderError } from 'commander';
import { GatewayError, UsageError } from '../model/errors.ts';
import { visible } from '../text/visible.ts';
import { commandEntries, namedCommands } from './commands.ts';
import type { CliContext } from './context.ts';
import { secretsOf } from './environment.ts';
import { type Io, type SafeIo, safeIo } from './io.ts';
import { version } from './version.ts';

/**
 * Runs one command line.
 * @param argv as `process.argv`: the first two are the program's own
 * @returns the exit code: 0 done, 1 findings, 2 wrong usage, configuration or credentials, 3 incomplete
 */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv, io: Io): Promise<number> {
  try {
    const wanted = namedCommands(argv);
    // `--version` and `--help` answer at once: what commands need is loaded with the first of them.
    const context = wanted.size === 0 ? null : (await import('./context.ts')).createContext(io, env);
    await (await createProgram(context?.io ?? safeIo(io, secretsOf(env)), context, wanted)).parseAsync([
      ...argv,
    ]);
    return context?.exitCode ?? 0;
  } catch (error) {
    return explainFailure(error, safeIo(io, secretsOf(env)));
  }
}

/** The command line: the wanted commands whole, of the others a name and a line, enough for `--help`. */
async function createProgram(
  io: SafeIo,
  context: CliContext | null,
  wanted: ReadonlySet<string>,
): Promise<Command> {
  const program = new Command('kr-hygiene')
    .description('Keeps Key Result issues in order: reads them, checks them, and tells their owners kindly.')
    .version(version)
    .showHelpAfterError('(kr-hygiene --help lists the commands)')
    .showSuggestionAfterError();
  for (const { name, summary, load } of commandEntries) {
    const factory = context !== null && wanted.has(name) ? await load() : null;
    const command =
      factory === null || context === null ? new Command(name).usage('[options]') : factory(context);
    program.addCommand(command.description(summary));
  }
  configure(program, io);
  return program;
}

/** Output through our own streams, and errors as exceptions, for every command however deep. */
function configure(command: Command, io: SafeIo): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => io.stdout(text),
    writeErr: (text) => io.stderr(text),
    outputError: (text, write) => write(onOneLine(text)),
    getOutHelpWidth: () => io.columns,
    getErrHelpWidth: () => io.columns,
    getOutHasColors: () => io.color,
    getErrHasColors: () => io.stderrColor,
  });
  for (const child of command.commands) configure(child, io);
}

/** What commander quotes of the command line must not look like lines of ours; its suggestion has its own. */
function onOneLine(text: string): string {
  const [, message = '', suggestion = ''] = /^([\s\S]*?)(\n\(Did you mean [^\n]*\))?\n?$/.exec(text) ?? [];
  return `${visible(message)}${suggestion}\n`;
}

function explainFailure(error: unknown, io: Io): number {
  // Help and version end here too; commander has printed what it had to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    io.stderr(`${error.message.trimEnd()}\n`);
    return 2;
  }
  if (error instanceof GatewayError) {
    io.stderr(`${error.message}\n`);
    // Running out of time or of the server's patience is not a configuration error.
    return error.fatal && error.code !== 'budget-exhausted' ? 2 : 3;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr(`kr-hygiene failed with an internal error; please report it with these lines.\n${text}\n`);
  return 3;
}
