import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { quarterReport } from '../../bench/helpers/quarter-report.ts';
import { writeSite } from '../../src/cli/site-files.ts';
import { buildSite } from '../../src/site/build.tsx';

const executablePath = '/usr/bin/chromium';
const inBrowser = existsSync(executablePath) ? describe : describe.skip;
if (!existsSync(executablePath))
  process.stderr.write(`No ${executablePath}: pages are not opened in a browser.\n`);

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}

inBrowser('in Chromium', () => {
  let dir: string;
  let browser: Browser;
  beforeAll(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'kr-hygiene-pages-'));
    await writeSite(buildSite({ ...quarterReport(14), incomplete: ['a shard is missing'] }, '# EOF\n'), dir);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await rm(dir, { recursive: true });
  });

  /** Opens a page; whatever the console says and whatever is asked for elsewhere is collected. */
  async function open(
    name: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; trouble: string[] }> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(dir).href)) trouble.push(request.url());
    });
    await page.goto(pathToFileURL(path.join(dir, name)).href);
    return { page, trouble };
  }

  test.each([
    ['index.html', { viewport: { width: 1280, height: 900 } }],
    ['index.html', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
    ['index.html', { viewport: { width: 320, height: 640 } }],
    ['fy27-q3/index.html', { viewport: { width: 800, height: 900 } }],
    ['embed/current.html', { viewport: { width: 900, height: 700 } }],
  ] as const)(
    '%s, %j: nothing in the console, nothing from elsewhere, no axe violation, no sideways scrolling',
    async (name, options) => {
      const { page, trouble } = await open(name, options);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      expect(trouble).toEqual([]);
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate('axe.run({ preload: false })')) as AxeResults;
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  test('everything is there without scripts; sort, filter and search come with them, by keyboard', async () => {
    const still = await open('index.html', { javaScriptEnabled: false });
    expect(await still.page.locator('tr.kr').count()).toBeGreaterThan(10);
    expect(await still.page.getByLabel('Search').count()).toBe(0);
    await still.page.context().close();

    const { page, trouble } = await open('index.html');
    const shown = page.locator('tr.kr:visible');
    const all = await shown.count();
    await page.getByLabel('Search').focus();
    await page.keyboard.type('keys');
    const found = await shown.count();
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(all);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.press('Delete');
    await page.getByLabel('Show').selectOption('at-risk');
    expect(await shown.count()).toBe(await page.locator('tr.kr[data-status="at-risk"]').count());
    await page.getByLabel('Show').selectOption('');
    await page.getByLabel('Sort by').selectOption('claimed');
    const written = await Promise.all((await shown.all()).map((row) => row.getAttribute('data-claimed')));
    const claims = written.map((claim) => Number(claim === '' ? -1 : claim));
    expect(claims).toEqual(claims.toSorted((a, b) => a - b));
    await page.getByLabel('Sort by').selectOption('');
    expect(await shown.count()).toBe(all);
    expect(trouble).toEqual([]);
    await page.context().close();
  }, 60_000);
});
