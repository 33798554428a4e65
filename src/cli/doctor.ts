import { Command } from 'commander';
import type { Gateway } from '../gitlab/gateway.ts';
import { checkToken } from '../gitlab/token.ts';
import { GatewayError } from '../model/errors.ts';
import type { IssueSource } from '../model/ports.ts';
import type { Policy } from '../model/rule.ts';
import {
  type CliContext,
  collect,
  gitlabUrlOf,
  parseNow,
  requirePolicy,
  resolveSources,
  type SourceOptions,
} from './context.ts';
import { openGateway } from './run.ts';

interface DoctorOptions extends SourceOptions {
  rules?: string;
}

interface Diagnosis {
  verdict: 'good' | 'warning' | 'bad';
  text: string;
}

/** Planner: the lowest role that sees confidential issues and edits labels (GitLab 17.7; before that Reporter). */
const planner = 15;

/** `kr-hygiene doctor`: what would go wrong tonight, found out now. Changes nothing. */
export function doctorCommand(context: CliContext): Command {
  return new Command('doctor')
    .description('Check the token, its role, the projects and the labels. Changes nothing.')
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
      const gateway = openGateway(context, policy, gitlabUrlOf(options, context.environment));
      const sources = resolveSources(options, policy, context.environment);
      let bad = 0;
      for await (const diagnosis of diagnose(gateway, policy, sources)) {
        const sign = { good: '✓', warning: '!', bad: '✗' }[diagnosis.verdict];
        context.io.stdout(`${sign} ${diagnosis.text}\n`);
        if (diagnosis.verdict === 'bad') bad += 1;
      }
      context.io.stdout(
        bad === 0 ? '\nReady for `kr-hygiene run --apply`.\n' : `\n${bad} to mend before --apply.\n`,
      );
      context.exitCode = bad === 0 ? 0 : 2;
    });
}

async function* diagnose(
  gateway: Gateway,
  policy: Policy,
  sources: readonly IssueSource[],
): AsyncGenerator<Diagnosis> {
  const { reader } = gateway;
  yield { verdict: 'good', text: `Rule files: ${policy.rules.length} rules on, no mistake found.` };
  const user = await reader.currentUser();
  yield { verdict: 'good', text: `The token is ${user.username}'s.` };
  yield* diagnoseToken(gateway);
  for (const source of sources) yield* diagnoseSource(gateway, policy, source, user.username);
}

async function* diagnoseToken(gateway: Gateway): AsyncGenerator<Diagnosis> {
  try {
    const verdict = checkToken(await gateway.reader.tokenInfo(), { apply: true, now: parseNow(undefined) });
    for (const text of verdict.problems) yield { verdict: 'bad', text };
    for (const text of verdict.warnings) yield { verdict: 'warning', text };
    if (verdict.problems.length === 0) yield { verdict: 'good', text: 'The token may write.' };
  } catch (error) {
    yield { verdict: 'warning', text: `The token could not be asked about itself. ${sentence(error)}` };
  }
}

async function* diagnoseSource(
  gateway: Gateway,
  policy: Policy,
  source: IssueSource,
  username: string,
): AsyncGenerator<Diagnosis> {
  try {
    if ('project' in source) yield* diagnoseProject(gateway, policy, source.project, username);
    let count = 0;
    for await (const issue of gateway.reader.issues(source, policy.filter)) {
      if (policy.unselected(issue, parseNow(undefined)) === null) count += 1;
      if (count > 0) break;
    }
    const name = 'project' in source ? `project ${source.project}` : `group ${source.group}`;
    yield count > 0
      ? { verdict: 'good', text: `There are KR issues in ${name}.` }
      : {
          verdict: 'warning',
          text: `No KR issue in ${name}. Has one of them the label ${policy.filter.labels.join(', ')}?`,
        };
  } catch (error) {
    yield { verdict: 'bad', text: sentence(error) };
  }
}

async function* diagnoseProject(
  { reader }: Gateway,
  policy: Policy,
  idOrPath: string | number,
  username: string,
): AsyncGenerator<Diagnosis> {
  const project = await reader.project(idOrPath);
  if (project.archived)
    yield { verdict: 'bad', text: `${project.path} is archived: nothing can be written there.` };
  if (!project.issuesEnabled) yield { verdict: 'bad', text: `Issues are switched off in ${project.path}.` };
  const member = (await reader.members(project.id)).find((one) => one.username === username);
  if (member === undefined) {
    yield {
      verdict: 'warning',
      text: `${username} is no member of ${project.path}; it needs the Planner role or above.`,
    };
  } else if (member.accessLevel < planner) {
    yield {
      verdict: 'bad',
      text: `${username} has too small a role in ${project.path}: Planner or above is needed.`,
    };
  } else {
    yield { verdict: 'good', text: `${username} has role enough in ${project.path}.` };
  }
  yield* diagnoseLabels(await reader.labels(project.id), policy, project.path);
}

function* diagnoseLabels(
  labels: readonly { name: string }[],
  policy: Policy,
  path: string,
): Generator<Diagnosis> {
  const { needsAttention, ok } = policy.settings.labels;
  for (const wanted of [needsAttention, ok]) {
    if (wanted === null) continue;
    const twin = labels.find((label) => label.name.toLowerCase() === wanted.toLowerCase());
    if (twin === undefined) {
      yield {
        verdict: 'warning',
        text: `${path} has no label "${wanted}" yet; it is made on first use if the role allows.`,
      };
    } else if (twin.name !== wanted) {
      yield {
        verdict: 'warning',
        text: `${path} spells "${wanted}" as "${twin.name}"; that spelling is used.`,
      };
    } else {
      yield { verdict: 'good', text: `${path} has the label "${wanted}".` };
    }
  }
}

function sentence(error: unknown): string {
  if (error instanceof GatewayError && !error.fatal) return error.message;
  throw error;
}
