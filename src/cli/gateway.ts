import { exists } from '../files/paths.ts';
import { readNamed } from '../files/read.ts';
import { createGateway, type Gateway, type GatewayEvent } from '../gitlab/gateway.ts';
import { createFetch, type Fetch } from '../gitlab/network.ts';
import { UsageError } from '../model/errors.ts';
import type { Memory } from '../model/memory.ts';
import type { IssueReader } from '../model/ports.ts';
import type { Policy } from '../model/rule.ts';
import { checkToken } from '../model/token.ts';
import { quoted } from '../text/visible.ts';
import { type CliContext, requireToken } from './context.ts';
import { sendsInTheClear } from './environment.ts';

function fetchOf({ proxy, caFile }: CliContext['environment']): Fetch {
  if (caFile !== null && !exists(caFile))
    throw new UsageError(
      `CI_SERVER_TLS_CA_FILE names ${quoted(caFile)}, which is not there. It holds the certificates of your GitLab, in PEM; a runner that needs it writes it.`,
    );
  const ca = caFile === null ? null : () => readNamed(caFile, { from: 'CI_SERVER_TLS_CA_FILE' });
  return createFetch({ ...proxy, ca });
}

/** A gateway with the policy's pace; its events go to the log, and to `listen`. */
export function openGateway(
  context: CliContext,
  policy: Policy,
  url: string,
  listen: (event: GatewayEvent) => void = () => undefined,
): Gateway {
  const { requestsPerMinute, notesPerMinute, concurrency, runMinutes } = policy.settings.limits;
  if (sendsInTheClear(url))
    context.log.warn(
      { gitlab: url },
      'The token goes over plain http, where anyone along the way can read it. Use https.',
    );
  return createGateway({
    url,
    token: requireToken(context.environment),
    requestsPerMinute,
    notesPerMinute,
    concurrency,
    runBudgetMs: runMinutes * 60_000,
    log: (event) => {
      context.log.debug(event, 'gitlab');
      listen(event);
    },
    fetch: fetchOf(context.environment),
  });
}

/** How long a comment that GitLab did not confirm may take to appear. */
const SETTLE_MS = 3_000;

export const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SETTLE_MS));

/**
 * Finds out before anything is written whether this token may write. Its scopes and its end never change, so what an
 * earlier run knew of it is enough; that it was revoked shows with the first request.
 * @throws UsageError when it certainly may not
 */
export async function assertMayWrite(
  context: CliContext,
  reader: IssueReader,
  now: string,
  memory: Pick<Memory, 'self' | 'keepSelf'> | null = null,
): Promise<void> {
  const token = (await memory?.self())?.token ?? (await reader.tokenInfo());
  if (token.active) memory?.keepSelf({ token });
  const verdict = checkToken(token, { apply: true, now });
  for (const warning of verdict.warnings) context.log.warn(warning);
  if (verdict.problems.length > 0) throw new UsageError(verdict.problems.join('\n'));
}
