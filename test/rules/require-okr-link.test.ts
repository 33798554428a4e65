import { requireOkrLink } from '../../src/rules/require-okr-link.ts';
import { testRule } from './helpers.ts';

testRule(requireOkrLink, [
  {
    shows: 'every kind of gap in words',
    markdown: ['## Objective', 'Fewer leaks.'],
    reports: ['missing'],
    says: [
      'The link to the OKR record is missing. Write `## Ally OKR: https://app.ally.io/objectives/XXXXX`, with the address of your OKR record.',
    ],
    pointsAt: [null],
  },
  {
    shows: 'a placeholder of one’s own',
    markdown: ['## Ally OKR: TBD'],
    reports: ['placeholder'],
    says: [
      'The link to the OKR record is still a placeholder: “TBD”. Put the address of your OKR record there: `## Ally OKR: https://app.ally.io/objectives/XXXXX`.',
    ],
  },
  {
    shows: 'words that name a record without linking to it',
    markdown: ['## Ally OKR', 'Key Care (see Ally)'],
    reports: ['not-a-link'],
    says: [
      'The section “Ally OKR” holds words, but no link: “Key Care (see Ally)”. Put the address of your OKR record there: `## Ally OKR: https://app.ally.io/objectives/XXXXX`.',
    ],
  },
  {
    shows: 'the list of a team',
    markdown: ['## Ally OKR: https://app.ally.io/teams/12/objectives'],
    reports: ['not-a-record'],
    says: [
      'The link under “Ally OKR” leads to a page that is not an OKR record: “https://app.ally.io/teams/12/objectives”. Open the objective or Key Result itself and copy its address: `## Ally OKR: https://app.ally.io/objectives/XXXXX`.',
    ],
  },
  {
    shows: 'hosts that look like an allowed one',
    markdown: ['## Ally OKR: https://app.ally.io.evil.example/sec/okrs/-/issues/1'],
    options: { 'allowed-hosts': ['app.ally.io'] },
    reports: ['host-not-allowed'],
    says: [
      'The link to the OKR record leads to app.ally.io.evil.example: “https://app.ally.io.evil.example/sec/okrs/-/issues/1”. Link to a record on app.ally.io.',
    ],
  },
  {
    shows: 'a host behind a user name',
    markdown: ['## Ally OKR: <https://app.ally.io@evil.example/sec/okrs/-/issues/1>'],
    options: { 'allowed-hosts': ['app.ally.io'] },
    reports: ['host-not-allowed'],
  },
  {
    shows: 'a subdomain, where all are allowed',
    markdown: ['## Ally OKR: https://eu.ally.io/objectives/1'],
    options: { 'allowed-hosts': ['*.ally.io', 'okrs.example.com'] },
    reports: [],
  },
  {
    shows: 'a domain that only ends alike',
    markdown: ['## Ally OKR: https://notally.io/sec/okrs/-/issues/1'],
    options: { 'allowed-hosts': ['*.ally.io'] },
    reports: ['host-not-allowed'],
  },
]);
