import { Command } from 'commander';
import { visible } from '../text/visible.ts';
import { diagnose } from '../usecases/doctor/diagnose.ts';
import {
  type CliContext,
  collect,
  gitlabUrlOf,
  parseNow,
  requirePolicy,
  resolveSources,
  type SourceOptions,
} from './context.ts';
import { openGateway } from './gateway.ts';

interface DoctorOptions extends SourceOptions {
  rules?: string;
}

const signs = { good: '✓', warning: '!', bad: '✗', unknown: '?', note: 'i' };

/** `kr-hygiene doctor`: what would go wrong tonight, found out now. Changes nothing. */
export function doctorCommand(context: CliContext): Command {
  return new Command('doctor')
    .option('--project <id or path>', 'a project to check (repeatable)', collect)
    .option('--group <id or path>', 'a group to check (repeatable)', collect)
    .option('--rules <dir>', 'folder with your rule files')
    .option('--gitlab-url <url>', 'the GitLab to talk to (default: CI_SERVER_URL)')
    .addHelpText(
      'after',
      `
Needs a token in KR_HYGIENE_TOKEN, the one that \`run\` will use.

Examples:
  $ kr-hygiene doctor
  $ kr-hygiene doctor --project my-group/okrs`,
    )
    .action(async (options: DoctorOptions) => {
      const policy = await requirePolicy(context, options.rules);
      const url = gitlabUrlOf(options, context.environment);
      // Before anything is sent: this is where the token goes.
      context.io.stdout(`${signs.note} ${visible(serverLine(url, context))}\n`);
      const { reader } = openGateway(context, policy, url);
      const sources = resolveSources(options, policy, context.environment);
      const now = parseNow(undefined);
      const counts = { good: 0, warning: 0, bad: 0, unknown: 0, note: 0 };
      for await (const { verdict, text } of diagnose({ reader, policy, now }, sources)) {
        context.io.stdout(`${signs[verdict]} ${visible(text)}\n`);
        counts[verdict] += 1;
      }
      context.io.stdout(`\n${conclusion(counts)}\n`);
      context.exitCode = counts.bad === 0 ? 0 : 2;
    });
}

function serverLine(url: string, { environment }: CliContext): string {
  const { httpsProxy, httpProxy } = environment.proxy;
  const proxy = url.startsWith('https:') ? httpsProxy : httpProxy;
  return `Talks to ${url}${proxy === null ? '' : ` through the proxy ${URL.canParse(proxy) ? new URL(proxy).host : 'of the environment'}`}.`;
}

function conclusion({ bad, unknown, warning }: Record<keyof typeof signs, number>): string {
  if (bad > 0) return `${bad} to fix before --apply.`;
  if (unknown > 0)
    return 'Nothing wrong was seen, but not everything could be checked: see the lines with ?.';
  const look = warning === 0 ? '' : ' The lines with ! are worth a look first.';
  return `Ready for \`kr-hygiene run --apply\`.${look}`;
}
