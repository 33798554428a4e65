import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { writeSite } from '../src/cli/site-files.ts';
import { buildSite } from '../src/site/build.tsx';
import { quarterReport } from './helpers/quarter-report.ts';

/** The pictures of the README and docs/dashboard.md: `npx tsx bench/dashboard-images.ts` with Chromium installed. */
const pictures: Record<string, BrowserContextOptions & { medium?: 'print'; page?: string }> = {
  dashboard: { viewport: { width: 1280, height: 1000 } },
  'dashboard-dark': { viewport: { width: 1280, height: 1000 }, colorScheme: 'dark' },
  'dashboard-phone': { viewport: { width: 360, height: 780 } },
  'dashboard-print': { viewport: { width: 800, height: 1100 }, medium: 'print' },
};

const dir = await mkdtemp(path.join(os.tmpdir(), 'kr-hygiene-images-'));
await writeSite(buildSite(quarterReport(14), '# EOF\n'), dir);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
for (const [name, { medium, page: file = 'index.html', ...options }] of Object.entries(pictures)) {
  const page: Page = await (await browser.newContext(options)).newPage();
  if (medium !== undefined) await page.emulateMedia({ media: medium });
  await page.goto(pathToFileURL(path.join(dir, file)).href);
  await page.screenshot({ path: `docs/${name}.png` });
}
await browser.close();
await rm(dir, { recursive: true });
