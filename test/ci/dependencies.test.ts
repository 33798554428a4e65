import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
  dev?: boolean;
}

const read = (file: string) => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

/** What the lock file installs: path below the project → entry. */
async function locked(): Promise<[string, Entry][]> {
  const { packages } = JSON.parse(await read('package-lock.json')) as { packages: Record<string, Entry> };
  return Object.entries(packages).filter(([path]) => path !== '');
}

const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

test('each entry of the lock file has an integrity hash, and none comes from Git, a file or a second registry', async () => {
  const entries = await locked();
  expect(entries.length).toBeGreaterThan(100);
  const origins = new Set<string>();
  for (const [path, { version, resolved, integrity, link, inBundle }] of entries) {
    expect([path, link ?? false]).toEqual([path, false]);
    if (inBundle !== true)
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-[\w+/]{86}==$/)]);
    expect([path, version]).toEqual([path, expect.stringMatching(/^\d+\.\d+\.\d+/)]);
    if (resolved === undefined) continue;
    const { protocol, origin, username, password } = new URL(resolved);
    expect([path, protocol, username, password]).toEqual([path, 'https:', '', '']);
    origins.add(origin);
  }
  expect(origins.size).toBeLessThanOrEqual(1);
});

test('packages with install scripts are for development only, and each is listed with its reason', async () => {
  const scripted = (await locked()).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripted.filter(([, { dev }]) => dev !== true).map(([path]) => path)).toEqual([]);
  const page = await read('docs/security.md');
  const rows = [...page.matchAll(/^\| `([^`]+)` \| [^|]{10,} \| [^|]{10,} \|$/gm)].map((match) => match[1]);
  expect(new Set(scripted.map(([path]) => nameOf(path)))).toEqual(new Set(rows));
});
