import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { demoSeed } from '../../src/sandbox/demo-seed.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { renderMarkdown } from '../../src/sandbox/web/render-markdown.ts';

const executablePath = '/usr/bin/chromium';
const now = new Date('2026-11-21T20:00:00Z');
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: demoSeed(now), clock: () => now });
});
afterAll(() => sandbox.close());

const hostileIid = () => sandbox.state.issues(501).find((issue) => issue.title.includes('</b>'))?.iid ?? 0;

describe('the HTML of the pages', () => {
  test('every page comes with a policy that lets nothing run or load', async () => {
    const issues = sandbox.state.issues(501).map((issue) => `/example-sec/okrs/-/work_items/${issue.iid}`);
    for (const path of ['/', '/example-sec/okrs', ...issues]) {
      const response = await fetch(sandbox.url + path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      const html = await response.text();
      expect(html).not.toMatch(/<(?:script|style|img|iframe|form|object|embed|svg|meta http)/i);
      expect(html).not.toMatch(/<[^>]+\s(?:on\w+|style)=/i);
      expect(html).not.toMatch(/href="\s*javascript:/i);
    }
    expect((await fetch(`${sandbox.url}/example-sec/okrs/-/issues/999`)).status).toBe(404);
  });

  test('what comments are made of is shown', () => {
    const html = renderMarkdown(
      [
        '## Points',
        '~~gone~~ for @ann and @no one, see #3 and `@ann` :tada:',
        '',
        '<details><summary>More</summary>',
        '',
        '```',
        '- [ ] Milestone',
        '```',
        '</details>',
        '',
        '| a | b |',
        '|---|---|',
        '| 1 | 2 |',
        '',
        '- [x] done',
      ].join('\n'),
      {
        mention: (name) => (name === 'ann' ? 'Ann' : null),
        issue: (path, iid) => (path === null ? `/g/p/-/issues/${iid}` : null),
      },
    );
    expect(html).toContain('<del>gone</del>');
    expect(html).toContain('<span class="mention" title="Ann">@ann</span>');
    expect(html).toContain('@no one, see <a href="/g/p/-/issues/3">#3</a>');
    expect(html).toContain('<code>@ann</code> 🎉');
    expect(html).toMatch(/<details><summary>More<\/summary>[\s\S]*<pre>[\s\S]*<\/details>/);
    expect(html).toContain('<td>2</td>');
    expect(html).toMatch(/<input[^>]* checked[^>]* disabled/);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<svg><script>alert(1)</script></svg>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<style>@import url(https://tracker.example.test)</style>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<base href="https://tracker.example.test/">',
    '<meta http-equiv=refresh content="0;url=https://tracker.example.test">',
    '![x](https://tracker.example.test/p.png)',
    '</div></body><script>alert(1)</script>',
    '<details ontoggle=alert(1) open>x</details>',
    '<span class="mention" style="position:fixed">x</span>',
  ])('%s is inert', (text) => {
    const html = renderMarkdown(text, { mention: () => null, issue: () => null });
    expect(html).not.toMatch(/<(?:script|style|img|iframe|base|meta|svg|math|form)/i);
    expect(html).not.toMatch(/<[^>]+\s(?:on\w+|style|class="mention")/i);
    expect(html).not.toMatch(/(?:href|src)="\s*javascript/i);
  });
});

const inBrowser = existsSync(executablePath) ? describe : describe.skip;
if (!existsSync(executablePath))
  process.stderr.write(`\nSKIPPED: no browser tests, ${executablePath} is not here.\n\n`);

inBrowser('in Chromium', () => {
  let browser: Browser;
  let page: Page;
  const requested: string[] = [];
  const noise: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    page = await browser.newPage();
    page.on('request', (request) => requested.push(request.url()));
    page.on('dialog', (dialog) => {
      noise.push(dialog.message());
      void dialog.dismiss();
    });
  });
  afterAll(() => browser.close());

  test('a hostile description renders inert: no script runs, no request leaves', async () => {
    await page.goto(`${sandbox.url}/example-sec/okrs/-/issues/${hostileIid()}`, { waitUntil: 'networkidle' });
    expect(await page.title()).toContain('<b>Zero</b>');
    expect(await page.locator('article').innerText()).toContain('All inputs are checked.');
    expect(await page.locator('article').isVisible()).toBe(true);
    expect(noise).toEqual([]);
    expect(requested.filter((url) => !url.startsWith(`${sandbox.url}/`))).toEqual([]);
  });

  test('from the list to an issue, on a phone too', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(sandbox.url);
    await page.getByRole('link', { name: /KR1 \(Safe Code\)/ }).click();
    await page.getByText('Two of the four issuers answered').waitFor();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(390);
    expect(await page.locator('.mention').count()).toBeGreaterThan(2);
  });
});
