import { describe, expect, test } from '@jest/globals';
import { createReader } from '../../src/parse/reader.ts';
import { fc, runs } from '../helpers/random.ts';
import { calendar, grammar, kr, now, title } from './helpers.ts';
import { troubles } from './places.ts';

const piece = fc.constantFrom(
  '## Milestones\n',
  '## Objective: ',
  '## Ally OKR: ',
  '- [ ] ',
  '- [x] ',
  '* ',
  '1. ',
  '> ',
  '>>>\n',
  '```\n',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  ' ',
  '    ',
  'Milestone 1: ',
  'Description: ',
  'Due Date: ',
  'DRI: ',
  '@ann',
  '@all',
  '`add here`',
  '**',
  '_',
  '~~',
  '[',
  '](',
  ')',
  '<!--',
  '-->',
  '<details>\n',
  '<summary>',
  '</summary>',
  '</details>\n',
  '| a | Due |\n|---|---|\n',
  '| x | Dec 4 |\n',
  '2026-12-04',
  'Dec 4',
  '11/12/2026',
  'EOQ',
  'TBD',
  'https://app.ally.io/objectives/1',
  ':warning:',
  'Status: ',
  'On Track',
  '45%',
  '&amp;',
  '\\@',
  '&9',
  '/label ~x\n',
  '😀',
  '\uFEFF',
  '\u0000',
  '{-',
  '-}',
  '(',
  '<b>',
  '---\n',
  'title: x\n',
  '•',
  '[^1]',
  '[^1]: ',
  'Week of ',
  '（',
  'İ',
);
const pieces = fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(''));

describe('any text', () => {
  test('any string in, a document out, its places in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(troubles(text)).toEqual([]);
      }),
      { numRuns: runs(300) },
    );
  });
  test('scraps of KRs in any order, too', () => {
    fc.assert(
      fc.property(pieces, (text) => {
        expect(troubles(text)).toEqual([]);
      }),
      { numRuns: runs(600) },
    );
  });
});

const word = fc.constantFrom(
  'Publish',
  'rotate',
  'keys',
  'guide',
  'audit',
  'laptops',
  'the',
  'all',
  'teams',
  'servers',
  'Übung',
  '検証',
);
const words = fc.array(word, { minLength: 3, maxLength: 9 }).map((all) => all.join(' '));
const day = fc
  .date({ min: new Date('2026-11-01'), max: new Date('2027-01-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const user = fc
  .stringMatching(/^[a-z][a-z0-9]{1,6}([_.-][a-z0-9]{1,5}){0,2}$/)
  .filter(
    (name) =>
      name !== 'all' &&
      ![
        'tbd',
        'tba',
        'tbc',
        'todo',
        'xx',
        'xxx',
        'xxxx',
        'name',
        'date',
        'link',
        'url',
        'username',
        'open',
        'pending',
        'unknown',
        'unassigned',
        'placeholder',
      ].includes(name),
  );
const state = fc.constantFrom<'open' | 'done' | 'inapplicable'>('open', 'done', 'inapplicable');
const item = fc.record({ description: words, dueDate: day, dri: user, state });
const model = fc.record({ objective: words, items: fc.array(item, { minLength: 1, maxLength: 5 }) });
type Model = typeof model extends fc.Arbitrary<infer T> ? T : never;

const url = 'https://app.ally.io/objectives/77';

function render({ objective, items }: Model, own = createReader(grammar, calendar)): string[] {
  const facts = own.template('kr');
  const lines = items.map((one, index) =>
    facts.milestoneLine({ ...one, label: `Milestone ${index + 1}`, dri: `@${one.dri}` }),
  );
  return [
    `${facts.headingOf('okr-link')}: ${url}\n`,
    `${facts.headingOf('objective')}:\n${objective}\n`,
    `${facts.headingOf('milestones')}\n${lines.join('\n')}\n`,
  ];
}

function gist(text: string, own = createReader(grammar, calendar)) {
  const { okrLink, objective, milestones } = own.read('kr', text, { title, now });
  return {
    url: okrLink?.url ?? null,
    objective: objective.text.replace(/\s+/g, ' '),
    items: milestones.map((one) => ({
      description: one.description,
      dueDate: one.dueDate.date,
      dri: one.dris.join(' '),
      state: one.state,
    })),
  };
}

const expected = ({ objective, items }: Model) => ({ url, objective, items });
const shared = createReader(grammar, calendar);
const check = (change: (sections: string[]) => string): void => {
  fc.assert(
    fc.property(model, (values) => {
      expect(gist(change(render(values, shared)), shared)).toEqual(expected(values));
    }),
    { numRuns: runs(60) },
  );
};

describe('a template filled in reads back what was filled in', () => {
  test('as it is', () => check((sections) => sections.join('')));
  test('with unrelated sections in between', () =>
    check((sections) =>
      sections
        .map((one) => `## Context\nSome words by @zoe on 2026-01-01.\n\n- [ ] a box\n\n${one}`)
        .join('\n'),
    ));
  test('with the sections in another order', () => check((sections) => sections.toReversed().join('\n')));
  test('with other list markers', () => check((sections) => sections.join('').replaceAll(/^- /gm, '* ')));
  test('with numbers', () => check((sections) => sections.join('').replaceAll(/^- /gm, '1. ')));
  test('with Windows line ends', () => check((sections) => sections.join('').replaceAll('\n', '\r\n')));
  test('with bold labels', () =>
    check((sections) => sections.join('').replaceAll(/(Description|Due Date|DRI):/g, '**$1:**')));
  test('with items wrapped', () =>
    check((sections) => sections.join('').replaceAll(/ (Due Date|DRI):/g, '\n  $1:')));
  test('with a byte order mark and tabs', () =>
    check((sections) => `\uFEFF${sections.join('').replaceAll('- [', '-\t[')}`));
  test('with every word on a line of its own', () =>
    check((sections) =>
      sections
        .map((one) => (one.startsWith('## Obj') ? one.replaceAll(/(\S) (?=[a-zÜ検])/g, '$1\n') : one))
        .join(''),
    ));
  test('when the labels are bullets beneath', () =>
    check((sections) => sections.join('').replaceAll(/ (Due Date|DRI):/g, '\n  - $1:')));
});

describe('the template is the schema', () => {
  const renamed = createReader(
    {
      ...grammar,
      kr: {
        ...grammar.kr,
        template:
          '## OKR link: `paste it here`\n## Why: \n`tell us why`\n## Steps\n- [ ] Step 1: What: `fill` When: `fill` Who: `fill`\n- [ ] Step 2: What: `fill` When: `fill` Who: `fill`\n',
        vocabulary: {
          ...grammar.kr.vocabulary,
          sections: {
            'okr-link': ['OKR link'],
            objective: ['Why'],
            milestones: ['Steps'],
            other: ['Context'],
          },
          fields: { description: ['What'], 'due-date': ['When'], dri: ['Who'] },
        },
      },
    },
    calendar,
  );
  const spanish = createReader(
    {
      ...grammar,
      kr: {
        ...grammar.kr,
        template:
          '## Enlace OKR: `enlace al registro`\n## Objetivo: \n`¿cuál es el resultado deseado de este KR?`\n## Hitos\n- [ ] Hito 1: Descripción: `rellenar` Fecha límite: `rellenar` Responsable: `rellenar`\n',
        vocabulary: {
          ...grammar.kr.vocabulary,
          sections: { 'okr-link': ['Enlace OKR'], objective: ['Objetivo'], milestones: ['Hitos'] },
          fields: {
            description: ['Descripción'],
            'due-date': ['Fecha límite', 'Fecha'],
            dri: ['Responsable'],
          },
          months: { december: ['diciembre', 'dic'] },
        },
      },
    },
    calendar,
  );
  test.each([
    ['renamed', renamed, 'Step'],
    ['Spanish', spanish, 'Hito'],
  ] as const)('%s', (_, own, name) => {
    fc.assert(
      fc.property(model, (values) => {
        const text = render(values, own).join('').replaceAll('Milestone ', `${name} `);
        expect(gist(text, own)).toEqual(expected(values));
      }),
      { numRuns: runs(60) },
    );
  });
  test('its placeholders and leftovers are recognised', () => {
    const untouched =
      '## Hitos\n- [ ] Hito 1: Descripción: `rellenar` Fecha límite: rellenar Responsable: @ann\n- [ ] H2: Auditoría **Fecha:** 4 de diciembre de 2026 **Responsable:** @bo\n';
    const { milestones, leftovers, objective } = spanish.read(
      'kr',
      `${untouched}## Objetivo\n¿Cuál es el resultado deseado de este KR?\n`,
      { title, now },
    );
    expect(
      milestones.map((one) => [one.descriptionProblem, one.dueDate.date ?? one.dueDate.problem, one.dris]),
    ).toEqual([
      ['placeholder', 'placeholder', ['ann']],
      [null, '2026-12-04', ['bo']],
    ]);
    expect([objective.problem, leftovers.length]).toEqual(['placeholder', 3]);
    expect(spanish.template('kr').nameOf('due-date')).toBe('Fecha límite');
  });
  test('a template without due dates says so', () => {
    const own = createReader(
      {
        ...grammar,
        kr: { ...grammar.kr, template: grammar.kr.template.replaceAll(' Due Date: `add here`', '') },
      },
      calendar,
    );
    expect([own.template('kr').has('due-date'), own.template('kr').has('dri')]).toEqual([false, true]);
    expect(
      own
        .template('kr')
        .milestoneLine({ state: 'done', label: 'Milestone 3', description: 'x', dueDate: null, dri: '@ann' }),
    ).toBe('- [x] Milestone 3: Description: x DRI: @ann');
  });
});

test('facts of the template', () => {
  const facts = shared.template('kr');
  expect(facts.headingOf('milestones')).toBe('## Milestones');
  expect(facts.nameOf('okr-link')).toBe('Ally OKR');
  expect(facts.nameOf('due-date')).toBe('Due Date');
  expect(facts.isTemplateText('Add here')).toBe(true);
  expect(facts.isTemplateText('TBD')).toBe(false);
  expect(kr('').milestones).toEqual([]);
});
