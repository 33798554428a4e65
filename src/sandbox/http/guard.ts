/**
 * Why a request is refused before it is looked at; null: it is not. A page in a browser on this machine can reach the
 * loopback address too: by a name of its own that resolves to it (another `Host`), or from another `Origin`.
 */
export function refuseForeign(headers: Headers): Response | null {
  const host = headers.get('host') ?? '';
  if (!isLoopback(host)) {
    return new Response('421 Misdirected Request: the sandbox answers to localhost only.\n', { status: 421 });
  }
  const origin = headers.get('origin');
  if (origin !== null && origin !== `http://${host}`) {
    return new Response('403 Forbidden: the sandbox takes no requests from pages of others.\n', {
      status: 403,
    });
  }
  return null;
}

/** Whether a `Host` names this machine alone: `localhost`, `127.…`, `[::1]`, with any port. */
function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i.test(host);
}
