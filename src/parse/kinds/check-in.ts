import type { CheckInDocument } from '../../model/document.ts';
import { chosenStatus } from '../fields/status-choice.ts';
import { statusUnder, valueUnder } from '../fields/status-field.ts';
import { readText } from '../fields/text-field.ts';
import type { Reading } from '../reading.ts';

/** Everything of a check-in but what all kinds have. */
export function readCheckIn(reading: Reading): Omit<CheckInDocument, 'kind' | 'leftovers' | 'unread'> {
  return {
    status: chosenStatus(reading, 'status') ?? statusUnder(reading, 'status', valueUnder(reading, 'status')),
    accomplished: readText(reading, 'accomplished'),
    nextSteps: readText(reading, 'next-steps'),
  };
}
