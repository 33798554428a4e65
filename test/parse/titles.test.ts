import { expect, test } from '@jest/globals';
import { readTitle } from '../../src/parse/values/title.ts';

type Row = [string, number | null, number | null, number | null, string | null, string | null];

test.each<Row>([
  ['FY27 Q4 KR2 (Key Care) Rotate all keys', 2027, 4, 2, 'Key Care', 'Rotate all keys'],
  ['FY27-Q4 KR2 (Key Care) Rotate', 2027, 4, 2, 'Key Care', 'Rotate'],
  ['FY27Q4 KR2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27/Q4 KR2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['fy27 q4 kr2 rotate', 2027, 4, 2, null, 'rotate'],
  ['FY2027 Q4 KR2: Rotate', 2027, 4, 2, null, 'Rotate'],
  ['Q4 FY27 KR2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['KR2 FY27 Q4 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 KR 2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 KR#2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 KR-2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 KR02 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 KR #2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['[FY27 Q4] KR2: Rotate', 2027, 4, 2, null, 'Rotate'],
  ['(FY27 Q4) KR2 - (Key Care) - Rotate', 2027, 4, 2, 'Key Care', 'Rotate'],
  ['[FY27-Q4][KR2] Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 - KR2 - Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 | KR2 | Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 KR2 Close findings (P1 and P2)', 2027, 4, 2, null, 'Close findings (P1 and P2)'],
  ['FY27 Q4 (Key Care) Rotate', 2027, 4, null, 'Key Care', 'Rotate'],
  ['Rotate keys', null, null, null, null, 'Rotate keys'],
  ['FY27 Q4 KR1 (Audit) Be 95% ready before FY28 Q1', 2027, 4, 1, 'Audit', 'Be 95% ready before FY28 Q1'],
  ['FY27 Q6 KR1 (Audit) Ready', 2027, null, 1, 'Audit', 'Ready'],
  ['FY27 Q4 KR2 [Key Care] Rotate', 2027, 4, 2, 'Key Care', 'Rotate'],
  ['FY27 Q4 KR2 (Key Care (EMEA)) Rotate', 2027, 4, 2, 'Key Care (EMEA)', 'Rotate'],
  ['Draft: FY27 Q4 KR2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['🔐 FY27 Q4 KR2 Rotate', 2027, 4, 2, null, 'Rotate'],
  [':lock: FY27 Q4 KR2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['WIP: 🔐 [FY27 Q4] KR2 Rotate', 2027, 4, 2, null, 'Rotate'],
  ['FY27 Q4 KR2', 2027, 4, 2, null, null],
  ['KR2 Rotate', null, null, 2, null, 'Rotate'],
  ['FY27 KR2 Rotate', 2027, null, 2, null, 'Rotate'],
  ['Q4 KR2 Rotate', null, 4, 2, null, 'Rotate'],
  ['FY27 Q4 KR (Key Care) Rotate', 2027, 4, null, 'Key Care', 'Rotate'],
  ['FY27 Q4 KR2 90% of keys rotated', 2027, 4, 2, null, '90% of keys rotated'],
  ['FY27 Q4: KR2: 3 of 4 sites', 2027, 4, 2, null, '3 of 4 sites'],
  ["FY'27 Q4 KR2 Rotate", 2027, 4, 2, null, 'Rotate'],
  ['KRONOS upgrade', null, null, null, null, 'KRONOS upgrade'],
  ['', null, null, null, null, null],
])('%s', (raw, fiscalYear, quarter, number, reference, statement) => {
  expect(readTitle(raw)).toEqual({ raw, fiscalYear, quarter, number, reference, statement });
});
