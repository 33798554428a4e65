import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { builtInRulesDir } from '../config/built-in.ts';
import { type LoadSuccess, loadPolicy } from '../config/load-policy.ts';
import { renderConfigErrors } from '../config/render-errors.ts';
import { exists } from '../files/paths.ts';
import { UsageError } from '../model/errors.ts';
import type { IssueSource } from '../model/ports.ts';
import type { Policy } from '../model/rule.ts';
import { quoted } from '../text/visible.ts';
import { checkTemplates } from '../usecases/check-templates.ts';
import { type Environment, parseGitlabUrl, readEnvironment, secretsOf } from './environment.ts';
import { type Io, type SafeIo, safeIo } from './io.ts';
import { createLogger, type Logger } from './logger.ts';

/** What every command works with. Commands set `exitCode`; only `main` hands it to the process. */
export interface CliContext {
  io: SafeIo;
  env: NodeJS.ProcessEnv;
  environment: Environment;
  log: Logger;
  exitCode: number;
}

export function createContext(io: Io, env: NodeJS.ProcessEnv): CliContext {
  const environment = readEnvironment(env);
  const secrets = secretsOf(env);
  const safe = safeIo(io, secrets);
  const log = createLogger(safe, environment.logLevel, secrets);
  return { io: safe, env, environment, log, exitCode: 0 };
}

/** The rule folder meant: the one named, else `rules/` here if it has a policy, else ours. */
export function resolveRulesDir(named: string | undefined, option = '--rules'): string {
  if (named !== undefined) {
    if (!exists(named)) {
      throw new UsageError(
        `There is no folder ${quoted(named)} for ${option}. Write one with \`kr-hygiene init\`.`,
      );
    }
    return path.resolve(named);
  }
  return exists(path.join('rules', 'policy.yml')) ? path.resolve('rules') : builtInRulesDir;
}

/**
 * The rules of a folder, with everything that was said about them.
 * @throws UsageError that shows every error with its place
 */
export async function requireRules(
  context: CliContext,
  rulesDir: string | undefined,
  { option, ...how }: { option?: string | undefined; now?: string } = {},
): Promise<LoadSuccess> {
  const loaded = await loadPolicy(resolveRulesDir(rulesDir, option), how);
  if (loaded.ok) return loaded;
  throw new UsageError(renderConfigErrors(loaded.errors, loaded.sources, { color: context.io.stderrColor }));
}

/**
 * The policy of a rule folder.
 * @param now ISO 8601 instant; when given, GitLab itself is asked to filter by age
 * @param option that named the folder, for the error
 * @throws UsageError that shows every error with its place
 */
export async function requirePolicy(
  context: CliContext,
  rulesDir: string | undefined,
  now?: string,
  option?: string,
): Promise<Policy> {
  const loaded = await requireRules(context, rulesDir, { option, ...(now === undefined ? {} : { now }) });
  for (const warning of loaded.policy.warnings) context.log.warn(warning);
  const templates = checkTemplates(loaded);
  const wrong = templates.errors.filter((configError) => configError.level === 'error');
  if (wrong.length > 0) {
    throw new UsageError(renderConfigErrors(wrong, templates.sources, { color: context.io.stderrColor }));
  }
  for (const { file, line, column, message } of templates.errors) {
    context.log.warn(`${file}:${line}:${column}: ${message}`);
  }
  return loaded.policy;
}

const zone = /[T ].*?(Z|[+-]\d{2}(?::?\d{2})?(?::?\d{2}(?:[.,]\d+)?)?)$/i;

/** What `--now` says: the instant, and the time zone or offset that is written with it; null: none, or UTC by `Z`. */
interface WrittenNow {
  instant: Temporal.Instant;
  timeZone: string | null;
}

/** @throws RangeError for what is no ISO 8601 date or instant */
function readNow(text: string, timeZone: string): WrittenNow {
  if (text.endsWith(']')) {
    const zoned = Temporal.ZonedDateTime.from(text, { offset: 'reject', overflow: 'reject' });
    return { instant: zoned.toInstant(), timeZone: zoned.timeZoneId };
  }
  const written = zone.exec(text)?.[1];
  if (written === undefined) {
    const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return { instant: local.toZonedDateTime(timeZone).toInstant(), timeZone: null };
  }
  const instant = Temporal.Instant.from(text);
  return {
    instant,
    timeZone: /^z$/i.test(written) ? null : instant.toZonedDateTimeISO(written).timeZoneId,
  };
}

/** A name of a time zone included; the texts of a batch may be of any length. */
const MOST_NOW = 100;

function writtenNow(text: string, timeZone = 'UTC'): WrittenNow {
  try {
    if (text.length > MOST_NOW) throw new RangeError('too long');
    return readNow(text, timeZone);
  } catch {
    throw new UsageError(
      `--now is ${quoted(text)}, which is not an ISO time. Write it like 2026-11-23T09:00:00Z.`,
    );
  }
}

/**
 * An instant from `--now`; the present when it is not given. A time without a zone is in `timeZone`, a day its first
 * moment.
 * @throws UsageError for what is not an ISO 8601 date or instant
 */
export function parseNow(text: string | undefined, timeZone?: string): string {
  if (text === undefined) return new Date().toISOString();
  return new Date(writtenNow(text, timeZone).instant.epochMilliseconds).toISOString();
}

/** The clock of a command, and the policy with the days of that clock: a zone or offset in `--now` counts. */
export function clockOf(text: string | undefined, policy: Policy): { now: string; policy: Policy } {
  const { settings } = policy;
  const now = parseNow(text, settings.calendar.timeZone);
  if (text === undefined) return { now, policy };
  const { timeZone } = writtenNow(text, settings.calendar.timeZone);
  if (timeZone === null) return { now, policy };
  return {
    now,
    policy: { ...policy, settings: { ...settings, calendar: { ...settings.calendar, timeZone } } },
  };
}

export interface SourceOptions {
  project?: string[];
  group?: string[];
  gitlabUrl?: string;
}

/**
 * Where to look for KRs: `--project` and `--group`, else the policy's sources, else the project whose pipeline runs.
 * @throws UsageError when nothing names a source
 */
export function resolveSources(
  options: SourceOptions,
  policy: Policy,
  environment: Environment,
): IssueSource[] {
  const named = namedSources(options, policy);
  if (named.length > 0) return named;
  if (environment.ciProjectId !== null)
    return [{ project: idOrPath(environment.ciProjectId, 'CI_PROJECT_ID') }];
  throw new UsageError(
    'No project or group to look at. Give --project <id or path> or --group <id or path>, or name them under `sources:` in policy.yml.',
  );
}

/** What `--project` and `--group` name, else the policy's sources; [] where neither names any. */
export function namedSources(options: SourceOptions, policy: Policy): IssueSource[] {
  const named: IssueSource[] = [
    ...(options.project ?? []).map((project) => ({ project: idOrPath(project, '--project') })),
    ...(options.group ?? []).map((group) => ({ group: idOrPath(group, '--group') })),
  ];
  return named.length > 0 ? named : policy.settings.sources;
}

/** A numeric id as a number, a path without slashes at its ends. */
export function idOrPath(text: string, from: string): string | number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  const trimmed = text.replace(/^\/+|\/+$/g, '');
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*(\/[\p{L}\p{N}_][\p{L}\p{N}_.-]*)*$/u.test(trimmed)) {
    throw new UsageError(
      `${from} is ${quoted(text)}, which is neither a numeric id nor a path like group/project.`,
    );
  }
  return trimmed;
}

/** The token, or a sentence on how to give one. */
export function requireToken(environment: Environment): string {
  if (environment.token === null || environment.token === '') {
    throw new UsageError(
      'No token. Put an access token into the variable KR_HYGIENE_TOKEN: scope read_api to look, api to write (--apply). ' +
        'CI_JOB_TOKEN cannot read issues.',
    );
  }
  if (/[\s\p{Cc}]/u.test(environment.token)) {
    throw new UsageError(
      `${environment.tokenVariable} holds blanks or line ends; a token has none. Set it again.`,
    );
  }
  return environment.token;
}

export function gitlabUrlOf(options: SourceOptions, environment: Environment): string {
  if (options.gitlabUrl !== undefined) return parseGitlabUrl(options.gitlabUrl, '--gitlab-url');
  if (environment.gitlabUrl !== null) return environment.gitlabUrl;
  throw new UsageError(
    'Which GitLab? Set CI_SERVER_URL (a pipeline has it), or give --gitlab-url, as --gitlab-url https://gitlab.example.com. The token was sent nowhere.',
  );
}

/** For commander: collects a repeatable option. */
export function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}
