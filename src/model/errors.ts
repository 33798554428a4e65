/** What went wrong, in a word that code can decide on. */
export type GatewayErrorCode =
  | 'unreachable'
  | 'timeout'
  | 'server'
  | 'rate-limited'
  | 'unauthorized'
  | 'insufficient-scope'
  | 'forbidden'
  | 'archived'
  | 'issues-disabled'
  | 'not-found'
  | 'moved'
  | 'conflict'
  | 'spam'
  | 'too-large'
  | 'note-limit'
  | 'rejected'
  | 'unexpected-response'
  | 'incomplete-list'
  | 'budget-exhausted';

/**
 * A request that GitLab did not answer as hoped. `message` is a sentence for the reader of the job log that says
 * what to do next; it never holds a header, a token or a body.
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: GatewayErrorCode;
  /** HTTP status, or null when no answer came. */
  readonly status: number | null;
  /** `not-done`: the server certainly did not act. `unknown`: it may have. */
  readonly outcome: 'not-done' | 'unknown';
  /** True when no other request of this run can succeed: bad token, missing scope. */
  readonly fatal: boolean;

  constructor(
    code: GatewayErrorCode,
    message: string,
    details: { status?: number | null; outcome?: 'not-done' | 'unknown'; fatal?: boolean } = {},
  ) {
    super(message);
    this.code = code;
    this.status = details.status ?? null;
    this.outcome = details.outcome ?? 'not-done';
    this.fatal = details.fatal ?? false;
  }
}

/** What a thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An error in a rule file, on the command line or in the environment: exit code 2, nothing was changed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
