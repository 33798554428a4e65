/**
 * Makes docs/comment.png: a comment of the bot on an issue of the sandbox, as a browser shows it.
 * Run it after the wording changes: `npx tsx bench/comment-image.ts` (needs Debian's chromium).
 */
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createDocuments } from '../src/cli/documents.ts';
import { builtInRulesDir } from '../src/config/built-in.ts';
import { loadPolicy } from '../src/config/load-policy.ts';
import { createGateway } from '../src/gitlab/gateway.ts';
import { demoSeed, demoToken } from '../src/sandbox/demo-seed.ts';
import { startSandbox } from '../src/sandbox/sandbox.ts';
import { run } from '../src/usecases/run/run.ts';

const now = '2026-11-23T09:00:00Z';
const [issue = 'example-sec/okrs/-/issues/9'] = process.argv.slice(2);
const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('the rules do not load');
const sandbox = await startSandbox({ seed: demoSeed(new Date(now)), clock: () => new Date(now) });
const gateway = createGateway({ url: sandbox.url, token: demoToken });
await run({
  sources: [{ group: 'example-sec' }],
  policy: loaded.policy,
  documents: createDocuments(loaded.policy),
  reader: gateway.reader,
  writer: gateway.writer,
  clock: () => now,
  requests: () => gateway.counts(),
  onSubject: () => undefined,
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
const page = await browser.newPage({ viewport: { width: 960, height: 900 }, deviceScaleFactor: 2 });
await page.goto(`${sandbox.url}/${issue}`);
for (const details of await page.locator('details').all()) {
  await details.evaluate((element) => element.setAttribute('open', ''));
}
const comment = page.locator('.note .card').last();
await comment.screenshot({ path: fileURLToPath(new URL('../docs/comment.png', import.meta.url)) });
await browser.close();
await sandbox.close();
