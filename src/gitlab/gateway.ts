import { GatewayError } from '../model/errors.ts';
import type {
  IssueMaker,
  IssueReader,
  IssueWriter,
  NoteThread,
  PlanItemReader,
  RequestCounts,
} from '../model/ports.ts';
import { withoutToken } from '../model/secret.ts';
import { quoted } from '../text/visible.ts';
import type { GatewayEvent } from './attempt.ts';
import { createClient } from './client.ts';
import { createMergeRequestNotes } from './merge-request-notes.ts';
import type { Fetch } from './network.ts';
import { createPlanItemReader } from './plan-items.ts';
import { createReader } from './reader.ts';
import { createRequester } from './requester.ts';
import { createWriter } from './writer.ts';

export type { GatewayEvent } from './attempt.ts';

export interface GatewayOptions {
  /** Address of GitLab, with or without `/api/v4`; a path before it is kept. */
  url: string;
  token: string;
  /** Default 1,900: below GitLab.com's 2,000 (docs/gitlab.md §4). */
  requestsPerMinute?: number;
  /** New comments a minute. Default 58: below GitLab.com's 60. */
  notesPerMinute?: number;
  /** For one attempt of a request. Default 65 s: GitLab.com itself gives up after 60. */
  requestTimeoutMs?: number;
  /** For all attempts of one request together. Default 5 min. */
  requestBudgetMs?: number;
  /** For the whole run. Default 55 min: a job that GitLab kills after its default hour leaves no report. */
  runBudgetMs?: number;
  /** Requests under way at once. Default 10. */
  concurrency?: number;
  log?: (event: GatewayEvent) => void;
  /** How to reach the server; left out: Node's own way. */
  fetch?: Fetch;
  /** For tests and benches: length of the minute, clock, waiting and chance. */
  windowMs?: number;
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
}

/** GitLab, behind the ports of the pipeline. */
export interface Gateway {
  reader: IssueReader;
  writer: IssueWriter & IssueMaker;
  planItems: PlanItemReader;
  mergeRequestNotes: NoteThread;
  counts: () => RequestCounts;
  /** What people should know although nothing failed; each sentence once. */
  warnings: () => string[];
}

/** @throws GatewayError (fatal) when the address is not valid or the token could not be sent */
export function createGateway(options: GatewayOptions): Gateway {
  const token = sendable(options.token);
  const base = baseOf(options.url, token);
  const warnings = new Set<string>();
  const log = options.log ?? (() => undefined);
  const names = new Map<string, string>();
  const { requesterFn, counts } = createRequester({
    base,
    token,
    requestsPerWindow: options.requestsPerMinute ?? 1_900,
    notesPerWindow: options.notesPerMinute ?? 58,
    windowMs: options.windowMs ?? 60_000,
    requestTimeoutMs: options.requestTimeoutMs ?? 65_000,
    requestBudgetMs: options.requestBudgetMs ?? 5 * 60_000,
    runBudgetMs: options.runBudgetMs ?? 55 * 60_000,
    concurrency: options.concurrency ?? 10,
    now: options.now ?? Date.now,
    sleep: options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
    random: options.random ?? Math.random,
    ...(options.fetch === undefined ? {} : { fetch: options.fetch }),
    log,
    nameOf: (projectId) => names.get(projectId),
  });
  const client = createClient(base, requesterFn);
  const warn = (message: string): void => {
    if (!warnings.has(message)) log({ type: 'warning', message });
    warnings.add(message);
  };
  const { reader, explainer } = createReader(client, ({ id, path }, askedFor) => {
    names.set(String(id), path);
    const renamed = !/^\d+$/.test(String(askedFor)) && String(askedFor).toLowerCase() !== path.toLowerCase();
    if (renamed) {
      warn(
        `Project ${askedFor} was renamed: it is ${path} now, with the id ${id}. Please write that in the policy or the command; the old name works only until someone takes it.`,
      );
    }
  });
  const writer = createWriter(client, reader, explainer, warn);
  const planItems = createPlanItemReader(client, reader);
  const mergeRequestNotes = createMergeRequestNotes(client);
  return { reader, writer, planItems, mergeRequestNotes, counts, warnings: () => [...warnings] };
}

function baseOf(address: string, token: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new GatewayError(
      'unreachable',
      `${quoted(withoutToken(address, token))} is not the address of a GitLab. Give it as https://gitlab.example.com (CI_SERVER_URL or --gitlab-url).`,
      { fatal: true },
    );
  }
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/api\/v4$/, '');
  return url;
}

/** A header takes visible ASCII only, and the error for anything else would quote the token. */
function sendable(token: string): string {
  const trimmed = token.trim();
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw new GatewayError(
    'unauthorized',
    'The token is empty or holds a blank, a line break or another character that no token has. Copy it again and put it in KR_HYGIENE_TOKEN.',
    { fatal: true },
  );
}
