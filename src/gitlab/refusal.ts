import type { GatewayErrorCode } from '../model/errors.ts';
import type { Route } from './describe.ts';

export interface MeaningContext {
  method: string;
  route: Route;
  /** GitLab's address, for messages. */
  origin: string;
  /** Taken out of whatever GitLab says. */
  token: string;
}

/** What a refusal (4xx) means. Nothing was done, whatever the request was. */
export interface Verdict {
  code: GatewayErrorCode;
  sentence: string;
  fatal?: boolean;
  retry?: boolean;
}

/** @param text GitLab's own words, see `wordsOf` */
export function refusal(status: number, text: string, context: MeaningContext): Verdict {
  const { method, route } = context;
  const { deed, thing } = route;
  if (/spam|captcha/i.test(text)) {
    return {
      code: 'spam',
      sentence: `GitLab took our text for spam (to ${deed}) and did not store it. Ask an administrator to mark the bot's user as trusted.`,
    };
  }
  switch (status) {
    case 401:
      return unauthorized(text);
    case 403:
      return forbidden(text, context);
    case 404:
      return { code: 'not-found', sentence: notFoundSentence(route) };
    case 405:
      return /moved/i.test(text)
        ? {
            code: 'moved',
            sentence: `The project was renamed or moved, and GitLab makes no changes under its old address (to ${deed}). Name the project by its numeric id.`,
          }
        : {
            code: 'unexpected-response',
            sentence: `GitLab does not offer this way to ${deed} (405). Its version may be too old; kr-hygiene is made for GitLab 16 and later.`,
          };
    case 409:
      return {
        code: 'conflict',
        retry: true,
        sentence: `Something else was changing ${thing} at the same moment (409). The next run tries again.`,
      };
    case 413:
    case 414:
      return {
        code: 'too-large',
        sentence: `The request to ${deed} was too large for the server (${status}). ${status === 414 ? 'Use fewer or shorter labels in the policy.' : 'Ask the administrators about the size limit of the server or of a proxy before it.'}`,
      };
    case 429:
      return {
        code: 'rate-limited',
        retry: true,
        sentence: `GitLab says we ask too often (429, to ${deed}). Lower the rate in the policy, or ask whether other jobs use the same token.`,
      };
    default:
      return badRequest(status, text, method, route);
  }
}

function notFoundSentence({ thing, deed }: Route): string {
  // Every GitLab since 16 has these for every token.
  if (thing.startsWith("the token's")) {
    return `The server knows no such part of the API (404, to ${deed}). Check that the address (CI_SERVER_URL or --gitlab-url) is GitLab's own, with its path if it has one; GitLab before 16 is not supported.`;
  }
  return `GitLab answers "not found" (to ${deed}): it does not exist, or the token's user may not see it; GitLab does not tell which. Check the spelling, and that the bot is a member with at least the Planner role.`;
}

function unauthorized(text: string): Verdict {
  const how = /expired/i.test(text)
    ? 'has expired'
    : /revoked/i.test(text)
      ? 'has been revoked'
      : 'is not valid here';
  return {
    code: 'unauthorized',
    fatal: true,
    sentence: `GitLab does not accept the token: it ${how} (401). Create a new token with the scope "api" (or "read_api" for dry runs) and put it in KR_HYGIENE_TOKEN.`,
  };
}

function forbidden(text: string, { method, route }: MeaningContext): Verdict {
  if (/insufficient_scope|higher privileges/i.test(text)) {
    return {
      code: 'insufficient-scope',
      fatal: true,
      sentence: `The token lacks the scope needed to ${route.deed}. Create one with the scope "${method === 'GET' ? 'read_api' : 'api'}" and put it in KR_HYGIENE_TOKEN.`,
    };
  }
  if (/account has been blocked|account is blocked/i.test(text)) {
    return {
      code: 'unauthorized',
      fatal: true,
      sentence: `The account of the token's user is blocked (403): GitLab says "${text}". An administrator can unblock it; else put the token of another user in KR_HYGIENE_TOKEN, and the old user name under former-bots in policy.yml.`,
    };
  }
  if (/archived/i.test(text)) return { code: 'archived', sentence: archivedSentence(route.deed) };
  if (/issues? (?:are|is) (?:disabled|turned off|not enabled)/i.test(text)) {
    return { code: 'issues-disabled', sentence: issuesDisabledSentence(route.deed) };
  }
  if (/licen[cs]e/i.test(text)) {
    return {
      code: 'forbidden',
      sentence: `The licence of this GitLab does not allow us to ${route.deed} (403). That depends on the paid tier, not on the token.`,
    };
  }
  // Terms to accept, addresses not allowed: GitLab says so in words of its own.
  const words = text === '' || /^403 forbidden$/i.test(text) ? '' : ` GitLab says: "${text}".`;
  return {
    code: 'forbidden',
    sentence: `The token's user may not ${route.deed} (403).${words} Give the bot at least the Planner role there (Reporter before GitLab 17.7).`,
  };
}

export function archivedSentence(deed: string, project = 'The project'): string {
  return `${project} is archived, and everything in it is read-only, so we could not ${deed}. Take it out of the sources, or unarchive it.`;
}

export function issuesDisabledSentence(deed: string, project = 'the project'): string {
  return `Issues are switched off in ${project}, so we could not ${deed}. Switch them on in its settings (General, Visibility), or take it out of the sources.`;
}

function badRequest(status: number, text: string, method: string, { deed }: Route): Verdict {
  if (/maximum number of comments/i.test(text)) {
    return {
      code: 'note-limit',
      sentence: `The issue holds as many comments as GitLab allows, 5,000, so we could not ${deed}. Continue in a new issue and close this one.`,
    };
  }
  const reason = text === '' ? '' : ` It says: "${text}".`;
  return {
    code: 'rejected',
    sentence: `GitLab refused to ${deed} (${status}).${reason}${method === 'GET' ? ' Check the filters in the policy.' : ''}`,
  };
}
