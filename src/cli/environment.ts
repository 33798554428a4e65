import { UsageError } from '../model/errors.ts';
import { quoted } from '../text/visible.ts';

/** What the environment says; read once, here, and handed on. */
export interface Environment {
  token: string | null;
  /** Which variable the token came from, for messages. */
  tokenVariable: 'KR_HYGIENE_TOKEN' | 'GITLAB_TOKEN' | null;
  /** Null: CI_SERVER_URL is not set. A token is sent to no host that no one has named. */
  gitlabUrl: string | null;
  proxy: { httpsProxy: string | null; httpProxy: string | null; noProxy: string | null };
  /** A file with certificates in PEM, as GitLab's runner sets it; null: none. */
  caFile: string | null;
  /** The project whose pipeline runs us, when no other source is named. */
  ciProjectId: string | null;
  logLevel: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/**
 * Reads the variables of the contract: `KR_HYGIENE_TOKEN` (else `GITLAB_TOKEN`), `CI_SERVER_URL`,
 * `CI_PROJECT_ID`, `LOG_LEVEL`; and how the network is reached. Pure.
 * @throws UsageError for a value that cannot be meant
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const tokenVariable = env['KR_HYGIENE_TOKEN']
    ? 'KR_HYGIENE_TOKEN'
    : env['GITLAB_TOKEN']
      ? 'GITLAB_TOKEN'
      : null;
  const named = (env['LOG_LEVEL'] || 'info').toLowerCase();
  const level = logLevels.find((each) => each === named);
  if (level === undefined) {
    throw new UsageError(
      `LOG_LEVEL is ${quoted(env['LOG_LEVEL'] ?? '')}, which is not a log level. Use one of ${logLevels.join(', ')}.`,
    );
  }
  return {
    token: tokenVariable === null ? null : (env[tokenVariable] as string).trim(),
    tokenVariable,
    gitlabUrl: env['CI_SERVER_URL'] ? parseGitlabUrl(env['CI_SERVER_URL'], 'CI_SERVER_URL') : null,
    proxy: {
      httpsProxy: either(env, 'HTTPS_PROXY'),
      httpProxy: either(env, 'HTTP_PROXY'),
      noProxy: either(env, 'NO_PROXY'),
    },
    caFile: env['CI_SERVER_TLS_CA_FILE'] || null,
    ciProjectId: env['CI_PROJECT_ID'] || null,
    logLevel: level,
  };
}

/** These variables are written in both cases; the lower one wins, as in curl. */
const either = (env: NodeJS.ProcessEnv, name: string): string | null =>
  env[name.toLowerCase()] || env[name] || null;

/** Every token there is in the environment, whichever is used: none of them may be printed. */
export function secretsOf(env: NodeJS.ProcessEnv): string[] {
  const names = ['KR_HYGIENE_TOKEN', 'GITLAB_TOKEN', 'CI_JOB_TOKEN', 'GITLAB_PRIVATE_TOKEN'];
  return [...new Set(names.flatMap((name) => env[name]?.trim() || []))];
}

/**
 * The address of a GitLab without `/api/v4` and without a slash at the end; a GitLab below a path is fine.
 * @throws UsageError when it is not an http(s) address, or carries a user name or password
 */
export function parseGitlabUrl(text: string, from: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(
      `${from} is ${quoted(text)}, which is not an address. Write it like https://gitlab.example.com.`,
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new UsageError(`${from} is ${quoted(text)}; only http and https addresses can be a GitLab.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${from} holds a user name or password. Take it out; the token goes into KR_HYGIENE_TOKEN.`,
    );
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/api\/v4$/, '');
  return `${url.origin}${path}`;
}

/** Whether what is sent to this address can be read on the way: plain http, and not to this machine itself. */
export function sendsInTheClear(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}
