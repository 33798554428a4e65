/**
 * Makes docs/comment-*.png: the bot's comment on one Key Result through its life, at the width of a phone.
 * Run it after the wording changes: `npx tsx bench/comment-life.ts` (needs Debian's chromium). Where no font of the
 * machine has emoji, `EMOJI_FONT` names the unpacked folder of the package `@fontsource/noto-emoji`.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createDocuments } from '../src/cli/documents.ts';
import { builtInRulesDir } from '../src/config/built-in.ts';
import { loadPolicy } from '../src/config/load-policy.ts';
import { createGateway } from '../src/gitlab/gateway.ts';
import { startSandbox } from '../src/sandbox/sandbox.ts';
import { run } from '../src/usecases/run/run.ts';

const token = 'life-bot-token-1234567890';
const text = (date: string, dri: string, link: string) =>
  [
    `## Ally OKR: ${link}`,
    '## Objective:',
    'No one on call is woken for nothing. We count the false alarms each Monday.',
    '## Milestones',
    '- [x] Milestone 1: Description: Rules reviewed with both shifts Due Date: 2026-11-13 DRI: @maya.o',
    `- [ ] Milestone 2: Description: Two quiet weeks Due Date: ${date} DRI: ${dri}`,
  ].join('\n');
const record = 'https://app.ally.io/objectives/20417';

let now = '2026-11-23T09:00:00Z';
const loaded = await loadPolicy(builtInRulesDir);
if (!loaded.ok) throw new Error('the rules do not load');
const { policy } = loaded;
const sandbox = await startSandbox({
  clock: () => new Date(now),
  seed: {
    users: [
      { username: 'maya.o', name: 'Maya Oyelaran' },
      { username: 'tom-b', name: 'Tom Brandt' },
      { username: 'kr-bot', name: 'KR hygiene', bot: true },
    ],
    tokens: [{ value: token, user: 'kr-bot', scopes: ['api'] }],
    groups: [{ path: 'sec', members: { 'maya.o': 'developer', 'tom-b': 'developer', 'kr-bot': 'planner' } }],
    projects: [
      {
        id: 1,
        path: 'sec/okrs',
        labels: ['KR'],
        issues: [
          {
            title: 'FY27 Q4 KR1 (Calm Nights) Cut false alarms at night by 80%',
            description: text('TBD', 'Tom', '`link to Ally OKR record`'),
            assignees: ['maya.o'],
            dueDate: '2026-12-31',
            labels: ['KR'],
            author: 'maya.o',
          },
        ],
      },
    ],
  },
});
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
const page = await browser.newPage({
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  bypassCSP: true,
});
const emoji = await emojiStyle(process.env['EMOJI_FONT']);

async function picture(
  name: string,
  day: string,
  words: string | RegExp = /I am KR hygiene|Nothing left to do/,
): Promise<void> {
  now = `${day}T09:00:00Z`;
  const gateway = createGateway({ url: sandbox.url, token });
  await run({
    sources: [{ project: 1 }],
    policy,
    documents: createDocuments(policy),
    reader: gateway.reader,
    writer: gateway.writer,
    clock: () => now,
    requests: () => gateway.counts(),
    onSubject: () => undefined,
  });
  await page.goto(`${sandbox.url}/sec/okrs/-/issues/1`);
  if (emoji !== null) {
    await page.addStyleTag({ content: emoji });
    await page.waitForTimeout(2_000);
    await page.waitForLoadState('networkidle');
  }
  const comment = page.locator('.note .card', { hasText: words });
  const file = fileURLToPath(new URL(`../docs/comment-${name}.png`, import.meta.url));
  await comment.first().screenshot({ path: file });
}

/** The faces of the font with the files inside, and every text set in it after its own fonts. */
async function emojiStyle(folder: string | undefined): Promise<string | null> {
  if (folder === undefined) return null;
  let css = await readFile(path.join(folder, '400.css'), 'utf8');
  for (const [whole, file = ''] of css.matchAll(/url\((\.\/files\/[\w.-]+\.woff2?)\)/g)) {
    const data = (await readFile(path.join(folder, file))).toString('base64');
    css = css.replace(whole, `url(data:font/woff2;base64,${data})`);
  }
  return `${css}\n* { font-family: system-ui, sans-serif, 'Noto Emoji' }\ncode, pre, code * { font-family: monospace, 'Noto Emoji' }`;
}

await picture('1-first', '2026-11-23');
sandbox.state.editIssue('maya.o', 1, 1, { description: text('TBD', '@tom-b', record) });
await picture('2-half-fixed', '2026-11-24');
await picture('3-reminder', '2026-12-01', /^(?![^]*I am KR hygiene)/);
sandbox.state.addNote('maya.o', 1, 1, 'kr: snooze 2w because the vendor answers in December');
await picture('4-snoozed', '2026-12-02');
sandbox.state.editIssue('maya.o', 1, 1, {
  description: text('2027-01-22', '@tom-b', record),
  dueDate: '2027-01-22',
});
await picture('5-done', '2026-12-16');
await browser.close();
await sandbox.close();
