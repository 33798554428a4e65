import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttp, request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { createFetch } from '../../src/gitlab/network.ts';

const none = { httpsProxy: null, httpProxy: null, noProxy: null, ca: null };

test('where there is nothing special, Node itself fetches', () => {
  expect(createFetch(none)).toBe(fetch);
});

test('requests go through the proxy, but for the hosts that NO_PROXY names', async () => {
  const seen: string[] = [];
  const target = createHttp((_, answer) => answer.end('{"from":"target"}'));
  const proxy = createHttp((incoming: IncomingMessage, answer) => {
    seen.push(incoming.url ?? '');
    const onward = httpRequest(
      incoming.url ?? '',
      { method: incoming.method, headers: incoming.headers },
      (from) => from.pipe(answer),
    );
    incoming.pipe(onward);
  });
  proxy.on('connect', (incoming: IncomingMessage, socket) => {
    seen.push(incoming.url ?? '');
    const [host, port] = (incoming.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
  });
  const portOf = async (server: ReturnType<typeof createHttp>): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const [targetPort, proxyPort] = [await portOf(target), await portOf(proxy)];
  const httpProxy = `http://127.0.0.1:${proxyPort}`;
  const url = `http://127.0.0.1:${targetPort}/api/v4/user`;
  try {
    const through = await createFetch({ ...none, httpProxy })(url);
    expect(await through.json()).toEqual({ from: 'target' });
    expect(seen).toHaveLength(1);
    const direct = await createFetch({ ...none, httpProxy, noProxy: '127.0.0.1' })(url);
    expect(await direct.json()).toEqual({ from: 'target' });
    expect(seen).toHaveLength(1);
  } finally {
    target.closeAllConnections();
    proxy.closeAllConnections();
    target.close();
    proxy.close();
  }
});

test('a certificate authority of one’s own is trusted once it is named', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'authority-'));
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  const made = spawnSync('openssl', [
    ...request,
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  if (made.status !== 0) {
    process.stderr.write('\nSKIPPED: no openssl here to make a certificate with.\n\n');
    return;
  }
  const server = createHttps({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) =>
    answer.end('ok'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    await expect(createFetch(none)(url)).rejects.toThrow('fetch failed');
    const trusting = createFetch({ ...none, ca: () => Promise.resolve(readFileSync(cert, 'utf8')) });
    expect(await (await trusting(url)).text()).toBe('ok');
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
});
