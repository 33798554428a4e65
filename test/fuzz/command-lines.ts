import type { Command, Option } from 'commander';
import { commandEntries } from '../../src/cli/commands.ts';
import { createContext } from '../../src/cli/context.ts';
import type { Io } from '../../src/cli/io.ts';
import { fc } from '../helpers/random.ts';

/** One call of the program. */
export interface Call {
  args: string[];
  env: Record<string, string>;
  stdin: string;
}

export interface World {
  /** A GitLab that answers, and the token it knows. */
  url: string;
  token: string;
}

const silent: Io = {
  stdout: () => undefined,
  stderr: () => undefined,
  stdin: () => Promise.resolve(''),
  stdoutIsTerminal: false,
  stderrIsTerminal: false,
  color: false,
  columns: 80,
};

interface Leaf {
  path: string[];
  options: readonly Option[];
}

/** Every command and subcommand, with its options as it declares them, so that new ones are called too. */
async function leaves(): Promise<Leaf[]> {
  const context = createContext(silent, {});
  const all: Leaf[] = [];
  const collect = (command: Command, path: string[]): void => {
    if (command.commands.length === 0) all.push({ path, options: command.options });
    for (const child of command.commands) collect(child, [...path, child.name()]);
  };
  for (const { name, load } of commandEntries) {
    // These two go on until they are stopped, or take a second; they have tests of their own.
    if (name === 'sandbox' || name === 'demo') continue;
    collect((await load())(context), [name]);
  }
  return all;
}

const names = [
  'kr.md',
  'bad.md',
  'krs',
  'rules',
  './rules',
  'rules/policy.yml',
  'report',
  'report/report.json',
  'report.json',
  'state',
  'fifo',
  'linked',
  'linked/secret',
  'dangling',
  'missing/x',
  'new',
  'kr.md/x',
  '.',
  './',
  '-',
  '--',
  '.git/config',
  'a\nb',
  'a\u001b[2J',
  '\u202e',
  'nul\u0000byte',
  'x'.repeat(300),
  `${'d/'.repeat(200)}x`,
  '',
];
const words = [
  'sec/okrs',
  'sec',
  '1',
  '0',
  '-1',
  '1e9',
  '99999999999999999999',
  'sec/okrs#1',
  'sec/okrs#999',
  '1#2',
  'a#',
  '#1',
  '2026-11-23T09:00:00Z',
  '2026-02-30',
  '2026-11-23',
  '+275760-09-13T00:00:00Z',
  'now',
  '1/3',
  '3/1',
  '0/0',
  '1/1',
  'kr',
  'plan',
  'text',
  'json',
  'junit',
  'json,junit',
  'error',
  'never',
  'main',
  'HEAD',
  'HEAD~1',
  ':/',
  '@{-1}',
  '%',
  '%E0%A4%A',
  '${HOME}',
  '$(id)',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '[]',
  '{}',
  '*',
  'é',
  '👩‍🚀',
];

/** What names a place elsewhere may be written to: a call of ours must not. */
const staysHere = (text: string): boolean => !text.startsWith('/') && !text.includes('..');

/** Calls as a person, a script or an attacker might make them. */
export async function calls(world: World): Promise<fc.Arbitrary<Call>> {
  const all = await leaves();
  const addresses = [
    world.url,
    `${world.url}/`,
    `${world.url}/api/v4`,
    `${world.url}/sec/okrs/-/issues/1`,
    `${world.url}/%/-/issues/1`,
    `${world.url}/sec%2Fokrs%/-/issues/1`,
    'http://',
    'ftp://x',
    'http://u:p@127.0.0.1',
    'http://[::1',
    'nonsense',
    '',
  ];
  const value = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...names) },
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.constantFrom(...addresses) },
    { weight: 1, arbitrary: fc.constant(world.token) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).filter(staysHere) },
  );
  const optionOf = ({ long, short, required, optional, argChoices }: Option): fc.Arbitrary<string[]> => {
    const flag = long ?? short ?? '--help';
    if (!required && !optional) return fc.constant([flag]);
    // No call may leave this machine, whatever else it does.
    const given =
      flag === '--gitlab-url'
        ? fc.constantFrom(...addresses)
        : argChoices === undefined
          ? value
          : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...argChoices) }, value);
    return given.chain((text) => fc.constantFrom([flag, text], [`${flag}=${text}`]));
  };
  const argsOf = ({ path, options }: Leaf): fc.Arbitrary<string[]> => {
    const part = fc.oneof(
      {
        weight: 6,
        arbitrary: options.length > 0 ? fc.oneof(...options.map(optionOf)) : value.map((one) => [one]),
      },
      { weight: 3, arbitrary: value.map((one) => [one]) },
      { weight: 1, arbitrary: value.map((one) => [`--${one}`]) },
    );
    return fc.array(part, { maxLength: 6 }).map((parts) => [...path, ...parts.flat()]);
  };
  const env = fc.record(
    {
      KR_HYGIENE_TOKEN: fc.oneof({ weight: 5, arbitrary: fc.constant(world.token) }, value),
      GITLAB_TOKEN: value,
      CI_PROJECT_ID: value,
      CI: fc.constantFrom('true', ''),
      LOG_LEVEL: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('info', 'debug', 'silent') }, value),
      FORCE_COLOR: fc.constantFrom('0', '1', ''),
      NO_COLOR: fc.constantFrom('1', ''),
    },
    { requiredKeys: [] },
  );
  const server = fc.oneof(
    { weight: 8, arbitrary: fc.constant(world.url) },
    fc.constantFrom(...addresses.filter(Boolean)),
  );
  return fc.record({
    args: fc.oneof(...all.map(argsOf)),
    env: fc.tuple(env, server).map(([rest, url]) => ({ ...rest, CI_SERVER_URL: url })),
    stdin: fc.oneof(
      fc.constantFrom('', '## Objective:\nx', '{"id":1}\n{', '---\nkind: plan\n---\n', '\u0000'),
      fc.string(),
    ),
  });
}
