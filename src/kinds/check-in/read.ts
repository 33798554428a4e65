import { chosenStatus } from '../../parse/fields/status-choice.ts';
import { statusUnder, valueUnder } from '../../parse/fields/status-field.ts';
import { readText } from '../../parse/fields/text-field.ts';
import type { Reading } from '../../parse/reading.ts';
import type { FieldsOf } from '../kind.ts';

/** Everything in a check-in except what all kinds have. */
export function readCheckIn(reading: Reading): FieldsOf<'check-in'> {
  return {
    status: chosenStatus(reading, 'status') ?? statusUnder(reading, 'status', valueUnder(reading, 'status')),
    accomplished: readText(reading, 'accomplished'),
    nextSteps: readText(reading, 'next-steps'),
  };
}
