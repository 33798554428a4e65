import { expect, test } from '@jest/globals';
import type { TokenInfo } from '../../src/model/issue.ts';
import { checkToken } from '../../src/model/token.ts';
import { benchOn, closeAll, manyIssues, READ_TOKEN, sandboxWith, seedOf } from './helpers/instance.ts';

const now = '2026-11-23T09:00:00Z';
const good: TokenInfo = { scopes: ['api'], active: true, expiresAt: '2027-06-01' };
const renew = 'Create a new one (or rotate it) and put it in KR_HYGIENE_TOKEN.';

const table: [string, Partial<TokenInfo>, boolean, { problems: string[]; warnings: string[] }][] = [
  ['a good one', {}, true, { problems: [], warnings: [] }],
  ['one that never expires', { expiresAt: null }, true, { problems: [], warnings: [] }],
  ['one to read with, without --apply', { scopes: ['read_api'] }, false, { problems: [], warnings: [] }],
  [
    'one to read with, with --apply',
    { scopes: ['read_api', 'read_user'] },
    true,
    {
      problems: [
        'The token lacks the scope "api" that --apply needs (it has: "read_api", "read_user"). Create one with it and put it in KR_HYGIENE_TOKEN, or run without --apply.',
      ],
      warnings: [],
    },
  ],
  [
    'one for something else',
    { scopes: [] },
    false,
    {
      problems: [
        'The token has neither the scope "read_api" nor "api" (it has: none). Create one with "read_api" and put it in KR_HYGIENE_TOKEN.',
      ],
      warnings: [],
    },
  ],
  [
    'one that was revoked',
    { active: false },
    true,
    { problems: [`The token is not active: it was revoked, or its user is blocked. ${renew}`], warnings: [] },
  ],
  [
    'one that died at midnight',
    { expiresAt: '2026-11-23', active: false },
    true,
    { problems: [`The token expired on 2026-11-23 at 00:00 UTC. ${renew}`], warnings: [] },
  ],
  [
    'one that dies tonight',
    { expiresAt: '2026-11-24' },
    true,
    {
      problems: [],
      warnings: [
        `The token expires in less than a day (2026-11-24, 00:00 UTC); the runs after that fail. ${renew}`,
      ],
    },
  ],
  [
    'one that has a day left',
    { expiresAt: '2026-11-25' },
    true,
    {
      problems: [],
      warnings: [`The token expires in a day (2026-11-25, 00:00 UTC); the runs after that fail. ${renew}`],
    },
  ],
  [
    'one that has 13 days left',
    { expiresAt: '2026-12-07' },
    true,
    {
      problems: [],
      warnings: [`The token expires in 13 days (2026-12-07, 00:00 UTC); the runs after that fail. ${renew}`],
    },
  ],
  ['one that has more than 14 days left', { expiresAt: '2026-12-08' }, true, { problems: [], warnings: [] }],
];

test.each(table)('%s', (_name, change, apply, verdict) => {
  expect(checkToken({ ...good, ...change }, { apply, now })).toEqual(verdict);
});

test('a fine-grained one is asked to prove itself', () => {
  const { problems, warnings } = checkToken({ ...good, scopes: ['granular'] }, { apply: true, now });
  expect(problems).toEqual([]);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(
    /^The token is a fine-grained one; whether it may do all that is needed shows only/,
  );
});

test('over HTTP', async () => {
  const sandbox = await sandboxWith({ seed: seedOf(manyIssues(1)) });
  expect(await benchOn(sandbox.url, { token: READ_TOKEN }).gateway.reader.tokenInfo()).toEqual({
    scopes: ['read_api'],
    active: true,
    expiresAt: null,
  });
  await closeAll();
});
