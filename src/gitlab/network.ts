/** How this machine reaches a GitLab that is not simply there. */
export interface Network {
  /** `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`, in upper or lower case; '' or null: none. */
  httpsProxy: string | null;
  httpProxy: string | null;
  noProxy: string | null;
  /** Reads certificates in PEM that are trusted in addition to those of Node; null: there are none. */
  ca: (() => Promise<string>) | null;
}

export type Fetch = typeof fetch;

/**
 * The `fetch` for a network: Node's own where there is nothing special, else one that goes through the proxy and
 * knows the certificates. Node 20 and 22 look at neither variable themselves. What this needs is loaded only then, with
 * the first request.
 */
export function createFetch({ httpsProxy, httpProxy, noProxy, ca }: Network): Fetch {
  if (!httpsProxy && !httpProxy && ca === null) return fetch;
  let pending: Promise<Fetch> | null = null;
  const load = async (): Promise<Fetch> => {
    const [undici, tls] = await Promise.all([import('undici'), import('node:tls')]);
    const trust = ca === null ? {} : { ca: [...tls.rootCertificates, await ca()] };
    const dispatcher = new undici.EnvHttpProxyAgent({
      httpProxy: httpProxy ?? '',
      httpsProxy: httpsProxy ?? '',
      noProxy: noProxy ?? '',
      connect: trust,
      requestTls: trust,
      proxyTls: trust,
    });
    // The types of undici and of Node differ in names only.
    return ((url: Parameters<typeof undici.fetch>[0], init: object) =>
      undici.fetch(url, { ...init, dispatcher })) as unknown as Fetch;
  };
  return async (url, init) => {
    pending ??= load();
    return (await pending)(url, init);
  };
}
