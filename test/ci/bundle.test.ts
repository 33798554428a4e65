import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Node, parse } from 'acorn';
import { full } from 'acorn-walk';
import { bundle } from '../../.ci/bundle.js';
import { liveContext } from '../../.ci/live-context.js';
import { mutations } from '../../bench/helpers/fuzzing.ts';
import { examplesFolder, ownFolder, practiceFolder, readTexts } from '../../bench/helpers/texts.ts';
import { packageRoot } from '../../src/files/package-root.ts';
import { documentKinds } from '../../src/kinds/index.ts';
import { runs, seed } from '../helpers/random.ts';
import { readAll, type TextToRead } from '../helpers/read-texts.ts';

// The program is bundled with spreads and one line of micromark written in another way (.ci/bundle.js).

const cache = path.join(packageRoot, 'node_modules', '.cache');
let folder = '';

beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  // Within the package, where the packages that stay outside of a bundle are found.
  folder = await mkdtemp(path.join(cache, 'kr-hygiene-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A module of ours or of a test, bundled as the program is. */
async function bundled<T>(name: string, file: string): Promise<T> {
  const outdir = path.join(folder, name);
  await bundle({ [name]: file }, outdir);
  return (await import(pathToFileURL(path.join(outdir, `${name}.js`)).href)) as T;
}

test('the bundled reader reads every text as the source does, mutated ones too', async () => {
  const known = [examplesFolder, practiceFolder, ownFolder].flatMap((one) => readTexts(one));
  const mutated = mutations(seed);
  const texts: TextToRead[] = [
    ...known.map(({ kind, text, now, title = '' }) => ({ kind, text, now, title })),
    ...Array.from({ length: runs(2000) }, (_, index) => ({
      kind: documentKinds[index % documentKinds.length] ?? 'kr',
      text: mutated.next().value,
      title: '',
      now: '2026-11-23T09:00:00Z',
    })),
  ];
  const file = path.join(packageRoot, 'test/helpers/read-texts.ts');
  const built = await bundled<{ readAll: typeof readAll }>('read-texts', file);
  expect(known.length).toBeGreaterThan(100);
  const [ours, theirs] = [await built.readAll(texts), await readAll(texts)];
  for (const [index, reading] of theirs.entries())
    expect([seed, texts[index]?.text, ours[index]]).toEqual([seed, texts[index]?.text, reading]);
});

const spreads = `
const symbol = Symbol.for('kr-hygiene');
const named = JSON.parse('{"__proto__":{"admin":true},"a":1}');
const hidden = Object.defineProperty({ b: 2 }, 'unseen', { value: 3 });
export const all = [
  { ...null, ...undefined, a: 1 },
  { ...'text', length: 9 },
  { ...[1, 2], 5: 6 },
  { a: 0, ...named, c: 3 },
  { ...hidden, a: 1, b: 3 },
  { ...{ [symbol]: 1 }, a: 2 },
  { ...{ get lazy() { return 'read'; } }, a: 3 },
  { ...Object.create({ inherited: 1 }), own: 2 },
  { z: 1, ...{ y: 2, z: 3 }, x: 4, ...{ z: 5, w: 6 } },
];
`;

test('a bundled spread makes what the language says, a key named __proto__ included', async () => {
  const file = path.join(folder, 'spreads.mjs');
  await writeFile(file, spreads);
  const native = ((await import(pathToFileURL(file).href)) as { all: object[] }).all;
  const { all } = await bundled<{ all: object[] }>('spreads', file);
  const shown = (one: object): unknown => [
    Object.getOwnPropertyDescriptors(one),
    Reflect.ownKeys(one),
    Object.getPrototypeOf(one) === Object.prototype,
  ];
  expect(all.map(shown)).toEqual(native.map(shown));
  expect(all.map((one) => 'admin' in one)).toEqual(all.map(() => false));
});

test('no spread of the program has a getter or a setter, which would be called where they are copied', async () => {
  const outdir = path.join(folder, 'program');
  await bundle({ cli: path.join(packageRoot, 'src/cli.ts') }, outdir);
  const met: string[] = [];
  let count = 0;
  for (const name of await readdir(outdir)) {
    const text = await readFile(path.join(outdir, name), 'utf8');
    full(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), (node: Node) => {
      const call = node as Node & {
        callee?: { name?: string };
        arguments: { properties?: { kind?: string }[] }[];
      };
      if (node.type !== 'CallExpression' || call.callee?.name !== '__spreadProps') return;
      count += 1;
      const properties = call.arguments[1]?.properties;
      if (properties?.every(({ kind }) => kind === 'init') !== true)
        met.push(text.slice(node.start, node.end));
    });
  }
  expect(count).toBeGreaterThan(100);
  expect(met).toEqual([]);
});

test('a live context shows what is in the context now and keeps what is set on itself', () => {
  const context: Record<string, unknown> = { code: 1, events: ['entered'], previous: null, parser: {} };
  const live = liveContext(context, { interrupt: true });
  context['code'] = 2;
  context['currentConstruct'] = 'list';
  for (const name of Object.keys(context)) expect(live[name]).toBe(context[name]);
  expect([live['code'], live['interrupt']]).toEqual([2, true]);
  live['previous'] = 3;
  expect([live['previous'], context['previous'], context['interrupt']]).toEqual([3, null, undefined]);
  // What a later micromark may add.
  const newer = liveContext({ ...context, novelty: 1 }, { interrupt: true });
  expect([newer['novelty'], newer['code'], newer['interrupt']]).toEqual([1, 2, true]);
});
