import type { User } from '../model/issue.ts';
import { isProgram } from '../model/nudge-note.ts';

/** Who is not a person. */
export interface Bots {
  /** The user of our token; null: not known. */
  botUserId: number | null;
  /** User names of former bots of ours and of other bots the team names, without `@`. */
  names: readonly string[];
}

const serviceAccount = /^service_account_/i;
const namedBot = /[-_.]bot$/i;

/**
 * Whether a user is a program: GitLab says so where it tells, else its name does. Tokens' users are called
 * `project_<id>_bot_<hex>`, service accounts `service_account_…` unless they were renamed.
 */
export function isBot(user: User, { botUserId, names }: Bots): boolean {
  if (user.id === botUserId || isProgram(user)) return true;
  const { username } = user;
  if (serviceAccount.test(username) || namedBot.test(username)) return true;
  return names.some((name) => name.toLowerCase() === username.toLowerCase());
}
