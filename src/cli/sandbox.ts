import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { z } from 'zod';
import { readNamed } from '../files/read.ts';
import { UsageError } from '../model/errors.ts';
import { demoSeed } from '../sandbox/demo-seed.ts';
import { type FaultScript, faultScriptSchema } from '../sandbox/faults/script.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { type SandboxSeed, sandboxSeedSchema } from '../sandbox/seed.ts';
import { quoted } from '../text/visible.ts';
import { type CliContext, parseNow } from './context.ts';

interface SandboxCommandOptions {
  seed?: string;
  port?: number;
  faults?: string;
  now?: string;
}

/** `kr-hygiene sandbox`: a small GitLab by itself, until Ctrl-C, for trying policies and looking at the result. */
export function sandboxCommand(context: CliContext): Command {
  return new Command('sandbox')
    .option('--seed <file>', 'what is in it, as YAML or JSON (default: the sample KRs of the demo)')
    .option('--port <number>', 'port on 127.0.0.1 (default: any free one)', parsePort)
    .option('--faults <file>', 'what should go wrong, as YAML or JSON')
    .option('--now <time>', 'stop its clock at this moment, as 2026-11-23T09:00:00Z')
    .addHelpText(
      'after',
      `
Examples:
  $ kr-hygiene sandbox
  $ kr-hygiene sandbox --port 8080 --now 2026-11-23T09:00:00Z`,
    )
    .action((options: SandboxCommandOptions) => sandboxAction(context, options));
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number up to 65535.');
  return port;
}

async function sandboxAction(context: CliContext, options: SandboxCommandOptions): Promise<void> {
  const now = parseNow(options.now);
  const seed: SandboxSeed = options.seed
    ? await readData(options.seed, sandboxSeedSchema, '--seed')
    : demoSeed(new Date(now));
  const faults: FaultScript | undefined = options.faults
    ? await readData(options.faults, faultScriptSchema, '--faults')
    : undefined;
  const sandbox = await startSandbox({
    seed,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(faults === undefined ? {} : { faults }),
    ...(options.now === undefined ? {} : { clock: () => new Date(now) }),
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      throw new UsageError(`Port ${options.port} is taken. Choose another with --port, or leave it out.`);
    }
    if (error.name === 'SeedError') throw new UsageError(`--seed: ${error.message}`);
    throw error;
  });
  context.io.stdout(`${greeting(sandbox.url, seed)}\n`);
  try {
    await interrupted();
  } finally {
    await sandbox.close();
  }
}

function greeting(url: string, seed: SandboxSeed): string {
  const tokens = (seed.tokens ?? []).map(
    (token) => `  ${token.value}  (${token.user}, ${(token.scopes ?? ['api']).join(' ')})`,
  );
  const first = seed.tokens?.[0]?.value ?? '…';
  const project = seed.projects?.[0]?.path ?? 'group/project';
  return [
    `A small GitLab is running at ${url}`,
    'Look at it in a browser; the API answers to these tokens:',
    ...tokens,
    '',
    'Try it from another terminal:',
    `  KR_HYGIENE_TOKEN=${first} kr-hygiene run --gitlab-url ${url} --project ${project}`,
    '',
    'Ctrl-C stops it; nothing is kept.',
  ].join('\n');
}

async function readData<T extends z.ZodType>(file: string, schema: T, option: string): Promise<z.input<T>> {
  const text = await readNamed(file, { from: option });
  let value: unknown;
  try {
    value = parse(text);
    if (Array.isArray(value)) value = { rules: value };
  } catch (error) {
    throw new UsageError(`${option} ${quoted(file)} is not YAML: ${(error as Error).message}`);
  }
  const result = schema.safeParse(value);
  if (!result.success)
    throw new UsageError(`${option} ${quoted(file)} is not right.\n${z.prettifyError(result.error)}`);
  return value as z.input<T>;
}

/** Resolves on Ctrl-C or a polite kill. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    // The sandbox alone would not keep the process alive.
    const alive = setInterval(() => undefined, 60_000);
    const stop = () => {
      clearInterval(alive);
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
