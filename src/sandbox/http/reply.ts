/** What a handler answers. */
export interface Reply {
  status: number;
  /** Null: no body. A string goes out as it is. */
  body: unknown;
  headers?: Record<string, string>;
}
