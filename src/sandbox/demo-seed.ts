import { demoCalendar } from './demo/calendar.ts';
import { assuranceKrs, detectionKrs } from './demo/detection.ts';
import { faultyKrs, ownForms } from './demo/faulty.ts';
import { oddIssues } from './demo/odd.ts';
import { demoBot, demoUsers } from './demo/people.ts';
import { soundKrs } from './demo/sound.ts';
import { demoOkr, withUpdates } from './demo/updates.ts';
import type { SandboxSeed } from './seed.ts';

/** Tokens of the demo world: worth nothing anywhere else. */
export const demoToken = 'demo-api-token';
export const demoReadToken = 'demo-read-only-token';
export const demoGroup = 'example-sec';

/**
 * About twenty KR issues of an invented security organisation, in every state that issues get into. All dates are
 * relative to `now`: the KRs are of the fiscal quarter it lies in (the year begins in February, named after its end).
 */
export function demoSeed(now: Date): SandboxSeed {
  const calendar = demoCalendar(now);
  const everyone = {
    'ines.okafor': 'owner',
    'tomas.w': 'developer',
    'priya-nair': 'maintainer',
    'lars.h': 'developer',
    mbeki: 'maintainer',
    'yuki.sato': 'developer',
    carla_ruiz: 'developer',
    'dev.anand': 'developer',
    visitor: 'guest',
    [demoBot]: 'reporter',
  } as const;
  const expiresAt = new Date(now.getTime() + 200 * 86_400_000).toISOString().slice(0, 10);
  const token = { user: demoBot, kind: 'group', group: demoGroup, expiresAt } as const;
  return {
    users: demoUsers,
    tokens: [
      { ...token, value: demoToken, name: 'kr-hygiene', scopes: ['api'] },
      { ...token, value: demoReadToken, name: 'kr-hygiene dry runs', scopes: ['read_api'] },
    ],
    groups: [
      {
        id: 90,
        path: demoGroup,
        name: 'Example Security',
        members: everyone,
        labels: [
          { name: 'KR', color: '#6f42c1', description: 'Key Result' },
          { name: 'OKR', color: '#0d47a1', description: 'What Key Results are for' },
          { name: calendar.label, color: '#5c6bc0' },
          { name: 'kr-hygiene::needs-attention', color: '#d9534f' },
          { name: 'kr-hygiene::ok', color: '#2e7d32' },
        ],
      },
      { id: 91, path: `${demoGroup}/detection`, name: 'Detection' },
      { id: 92, path: `${demoGroup}/assurance`, name: 'Assurance' },
    ],
    projects: [
      {
        id: 501,
        path: `${demoGroup}/okrs`,
        name: 'OKRs',
        formerPaths: [`${demoGroup}/quarterly-goals`],
        issues: [
          ...soundKrs(calendar),
          ...faultyKrs(calendar),
          ...ownForms(calendar),
          ...oddIssues(calendar),
          demoOkr(calendar),
        ].map((issue) => withUpdates(issue, calendar)),
      },
      {
        id: 502,
        path: `${demoGroup}/detection/okrs`,
        name: 'Detection OKRs',
        issues: detectionKrs(calendar),
      },
      {
        id: 503,
        path: `${demoGroup}/assurance/audit-krs`,
        name: 'Audit KRs',
        issues: assuranceKrs(calendar),
      },
    ],
  };
}
