import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { loadPolicy } from '../../src/config/load-policy.ts';
import { createReader } from '../../src/parse/reader.ts';
import { cli } from '../helpers/capture-io.ts';

const swedish = `name: Svenska
placeholders: [okänt, bestäms senare]
statuses: { on-track: [enligt plan], at-risk: [i riskzonen], off-track: [blockerad] }
kinds:
  kr:
    sections: { okr-link: [OKR-länk], objective: [Mål], milestones: [Milstolpar] }
    fields: { description: [Beskrivning], due-date: [Klart senast], dri: [Ansvarig] }
  weekly-update:
    sections: { week-of: [Veckorapport], completed: [Gjort], next-steps: [Nästa steg] }
    fields: { status: [Läge], percent-complete: [Framsteg] }
  okr:
    sections: { objective: [Mål], roadmap-item: [Färdplan], dependencies: [Beroenden], budget: [Kostnad] }
    fields: {}
  check-in:
    sections: { status: [Veckoläge], accomplished: [Uppnått], next-steps: [Nästa steg] }
    fields: {}
words:
  item: [milstolpe]
  percent: [procent]
  lead-in: [senast]
  week-of: [vecka från]
  because: [av]
dates: { of: [i], the: [den], end: [slutet] }
`;

const folder = mkdtempSync(path.join(tmpdir(), 'kr-hygiene-sv-'));
mkdirSync(path.join(folder, 'words'));
writeFileSync(path.join(folder, 'policy.yml'), 'extends: handbook\n');
writeFileSync(path.join(folder, 'words/sv.yml'), swedish);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const loaded = await loadPolicy(folder);
if (!loaded.ok) throw new Error(JSON.stringify(loaded));
const { grammar, calendar } = loaded.policy.settings;
const reader = createReader(grammar, calendar);

test('a tenth language is one file of the team: nothing else is needed to read it', () => {
  const context = { title: 'FY27 Q4 KR1 (Nycklar) Alla nycklar bytta', now: '2026-11-23T09:00:00Z' };
  const kr = reader.read(
    'kr',
    '## OKR-länk\nhttps://app.ally.io/objectives/1\n\n## Mål\nInga gamla nycklar\n\n## Milstolpar\n\nMilstolpe 1: Skåp på plats\nKlart senast: 4 december 2026\nAnsvarig: @ann\n\nMilstolpe 2: Allt räknat\nKlart senast: okänt\nAnsvarig: @bo\n',
    context,
  );
  expect(kr.objective.text).toBe('Inga gamla nycklar');
  expect(kr.okrLink?.where).toBe('section');
  expect(
    kr.milestones.map(({ label, description, dueDate, dris }) => [
      label,
      description,
      dueDate.date ?? dueDate.problem,
      dris,
    ]),
  ).toEqual([
    ['Milstolpe 1', 'Skåp på plats', '2026-12-04', ['ann']],
    ['Milstolpe 2', 'Allt räknat', 'placeholder', ['bo']],
  ]);
  const update = reader.read(
    'weekly-update',
    '## Veckorapport, vecka från 16 november 2026\nLäge: blockerad av juridik\nFramsteg: 45 procent\n\n## Gjort\n- skåp\n\n## Nästa steg\n- räkna\n',
    context,
  );
  expect([update.weekOf.date, update.status.value, update.percentComplete.value]).toEqual([
    '2026-11-16',
    'off-track',
    45,
  ]);
  expect([update.completed.items, update.nextSteps.items]).toEqual([1, 1]);
});

test('so are an OKR and a check-in', () => {
  const context = { title: '', now: '2026-11-23T09:00:00Z' };
  const okr = reader.read(
    'okr',
    '## Mål\nInga gamla nycklar\n\n## Färdplan\nNyckelskåp\n\n## Beroenden\n- [ ] Skåp levererade (@ann)\n\n## Kostnad\nInget\n',
    context,
  );
  expect([okr.objective.text, okr.roadmapItem.text, okr.budget.text]).toEqual([
    'Inga gamla nycklar',
    'Nyckelskåp',
    'Inget',
  ]);
  expect(okr.dependencies.map(({ description, stakeholders }) => [description, stakeholders])).toEqual([
    ['Skåp levererade', ['ann']],
  ]);
  const checkIn = reader.read(
    'check-in',
    '## Veckoläge: i riskzonen\n\n## Uppnått\n- skåp\n\n## Nästa steg\n- räkna\n',
    context,
  );
  expect([checkIn.status.value, checkIn.accomplished.text, checkIn.nextSteps.text]).toEqual([
    'at-risk',
    'skåp',
    'räkna',
  ]);
});

test('rules check finds nothing wrong with it, and names a key that does not exist', async () => {
  const right = await cli(['rules', 'check', '--rules', folder]);
  expect([right.code, right.stderr]).toEqual([0, '']);
  const file = path.join(folder, 'words/sv.yml');
  writeFileSync(file, `${swedish}wrods: {}\n`);
  const wrong = await cli(['rules', 'check', '--rules', folder]);
  writeFileSync(file, swedish);
  expect(wrong.code).toBe(2);
  expect(wrong.stdout + wrong.stderr).toMatch(/sv\.yml.*wrods/s);
});
