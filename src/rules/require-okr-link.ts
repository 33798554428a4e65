import { z } from 'zod';
import type { TemplateFacts } from '../model/reader.ts';
import { defineRule } from './rule.ts';
import { plain, quote, typed } from './shared/words.ts';

const host = z
  .string()
  .regex(/^(?:\*\.)?[a-z0-9.-]+$/i, 'a host name such as `app.ally.io` or `*.example.com`');

export const requireOkrLink = defineRule({
  id: 'require-okr-link',
  kind: 'kr',
  description: 'A KR links to its OKR record.',
  why: 'A Key Result belongs to an objective. Without the link no one can get from the issue to the objective it serves, and the score in the OKR record has nothing behind it.',
  messages: {
    missing: {
      text: 'The link to the OKR record is missing.',
      hint: 'Write {line}, with the address of your OKR record.',
    },
    placeholder: {
      text: 'The link to the OKR record is still a placeholder: {found}.',
      hint: 'Put the address of your OKR record there: {line}.',
    },
    'not-a-link': {
      text: 'The section “{name}” holds words, but no link: {found}.',
      hint: 'Put the address of your OKR record there: {line}.',
    },
    'not-a-record': {
      text: 'The link under “{name}” leads to a page that is not an OKR record: {found}.',
      hint: 'Open the objective or Key Result itself and copy its address: {line}.',
    },
    'host-not-allowed': {
      text: 'The link to the OKR record leads to {host}: {found}.',
      hint: 'Link to a record on {hosts}.',
    },
    elsewhere: {
      text: 'The link to the OKR record is somewhere in the text, not under “{name}”: {found}.',
      hint: 'Move it to its section: {line}.',
    },
  },
  options: z.strictObject({
    'allowed-hosts': z
      .array(host)
      .default([])
      .describe('Hosts a record may be on; `*.example.com` allows every subdomain. Empty: any host.'),
    elsewhere: z
      .boolean()
      .default(true)
      .describe('Accept a record link that is elsewhere in the description than in its section.'),
    example: z
      .string()
      .default('https://app.ally.io/objectives/XXXXX')
      .describe('The address shown as an example of a record.'),
  }),
  defaultSeverity: 'error',
  fields: ['okr-link'],
  asksFor: 'okr-link',
  examples: [
    {
      shows: 'a link to the record in the heading',
      markdown: ['## Ally OKR: https://app.ally.io/objectives/20417'],
      reports: [],
    },
    {
      shows: 'a record linked elsewhere in the text',
      markdown: ['## Objective', 'Calm nights, see [the record](https://app.ally.io/objectives/20417).'],
      reports: [],
    },
    { shows: 'no section and no link', markdown: ['## Objective', 'Calm nights.'], reports: ['missing'] },
    {
      shows: 'the template’s words',
      markdown: ['## Ally OKR: `link to Ally OKR record`'],
      reports: ['placeholder'],
    },
    {
      shows: 'words without a link',
      markdown: ['## Ally OKR: Calm Nights (see Ally)'],
      reports: ['not-a-link'],
    },
    {
      shows: 'a public dashboard',
      markdown: ['## Ally OKR: https://app.ally.io/public/Zq81xK'],
      reports: ['not-a-record'],
    },
    {
      shows: 'a host that is not allowed',
      options: { 'allowed-hosts': ['app.ally.io'] },
      markdown: ['## Ally OKR: https://gitlab.example.com/groups/sec/-/epics/7'],
      reports: ['host-not-allowed'],
    },
    {
      shows: 'a link elsewhere, where the team wants it in its section',
      options: { elsewhere: false },
      markdown: ['## Objective', 'Calm nights, see https://app.ally.io/objectives/20417'],
      reports: ['elsewhere'],
    },
  ],
  *check(document, options, { template }) {
    const name = plain(template.nameOf('okr-link'));
    const subject = { part: 'section', name } as const;
    const place = document.okrLink?.place ?? document.okrLinkPlace ?? null;
    if (document.okrLink === null) {
      const found = quote(document.okrLinkText ?? '');
      const data = { found, line: lineWith(options.example, template), name };
      yield { message: document.okrLinkProblem ?? 'missing', data, place, subject };
      return;
    }
    const { url, where } = document.okrLink;
    const allowed = options['allowed-hosts'];
    const actual = allowed.length === 0 ? '' : hostOf(url);
    if (allowed.length > 0 && !allowed.some((pattern) => hostMatches(actual, pattern))) {
      const data = {
        found: quote(url),
        host: actual === '' ? 'no known host' : plain(actual),
        hosts: { items: allowed, glue: 'or' as const },
      };
      yield { message: 'host-not-allowed', data, place, subject };
    } else if (where === 'elsewhere' && !options.elsewhere) {
      const data = { found: quote(url), line: lineWith(url, template), name };
      yield { message: 'elsewhere', data, place, subject };
    }
  },
});

/** The line of the template that holds the link, to be typed. */
function lineWith(url: string, template: TemplateFacts): string {
  return typed(`${template.headingOf('okr-link') ?? plain(template.nameOf('okr-link'))}: ${url}`);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
}

function hostMatches(actual: string, pattern: string): boolean {
  const wanted = pattern.toLowerCase();
  return wanted.startsWith('*.') ? actual.endsWith(wanted.slice(1)) : actual === wanted;
}
