import { matchTitleFormat } from '../../src/rules/match-title-format.ts';
import { testRule } from './helpers.ts';

testRule(matchTitleFormat, [
  {
    shows: 'what is missing, named all at once, and what is known kept in the example',
    title: 'FY27 Q4 Rotate keys',
    markdown: [],
    reports: ['missing'],
    says: [
      'The title lacks the KR number and the OKR’s title in brackets: “FY27 Q4 Rotate keys”. Rename the issue, for example to `FY27 Q4 KR# (OKR Title Reference) Rotate keys`.',
    ],
    pointsAt: [null],
  },
  {
    shows: 'nothing but words',
    title: 'Rotate keys',
    markdown: [],
    reports: ['missing'],
    says: [
      'The title lacks the fiscal year, the quarter, the KR number and the OKR’s title in brackets: “Rotate keys”. Rename the issue, for example to `FY27 Q4 KR# (OKR Title Reference) Rotate keys`.',
    ],
  },
  {
    shows: 'a quarter that does not exist next to other gaps',
    title: 'FY27 Q6 Rotate keys',
    markdown: [],
    reports: ['no-such-quarter', 'missing'],
    says: [
      'The title names a quarter that does not exist, Q6: “FY27 Q6 Rotate keys”. Quarters are Q1 to Q4. Rename the issue, for example to `FY27 Q4 KR# (OKR Title Reference) Rotate keys`.',
      'The title lacks the KR number and the OKR’s title in brackets: “FY27 Q6 Rotate keys”. Rename the issue, for example to `FY27 Q4 KR# (OKR Title Reference) Rotate keys`.',
    ],
  },
  {
    shows: 'parts in another order',
    title: 'Q4 FY27 KR2 (Key Care) Rotate all signing keys',
    markdown: [],
    reports: ['order'],
    says: [
      'The parts of the title are not in the usual order: “Q4 FY27 KR2 (Key Care) Rotate all signing keys”. Rename the issue to `FY27 Q4 KR2 (Key Care) Rotate all signing keys`.',
    ],
  },
  {
    shows: 'another order, where that is allowed',
    title: 'Q4 FY27 KR2 (Key Care) Rotate keys',
    options: { order: false },
    markdown: [],
    reports: [],
  },
  {
    shows: 'FY22Q3 and a KR number with a hash',
    title: 'FY27Q4 KR#2 (Key Care) Rotate keys',
    markdown: [],
    reports: [],
  },
  {
    shows: 'the year in full, lower case',
    title: 'fy2027 q4 kr2 (Key Care) Rotate keys',
    markdown: [],
    reports: [],
  },
  { shows: 'a prefix', title: 'Draft: FY27 Q4 KR2 (Key Care) Rotate keys', markdown: [], reports: [] },
  {
    shows: 'another year and quarter in the result',
    title: 'FY27 Q4 KR1 (Audit) Be 95% ready before FY28 Q1',
    markdown: [],
    reports: [],
  },
  {
    shows: 'no reference, where none is required',
    title: 'FY27 Q4 KR2 Rotate keys',
    options: { require: ['year', 'quarter', 'number'] },
    markdown: [],
    reports: [],
  },
  {
    shows: 'a title that tries to break out of the message',
    title: '`/close` @all\n/label ~x <b> “',
    markdown: [],
    reports: ['missing'],
  },
]);
