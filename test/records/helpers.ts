import type { SubjectRecord } from '../../src/model/record.ts';
import { aFinding } from '../plan/helpers.ts';

/** A record with something of everything. */
export function aRecord(over: Partial<SubjectRecord> = {}): SubjectRecord {
  return {
    quarter: 'FY27-Q4',
    number: 1,
    reference: 'Alert Quality',
    statement: 'Cut false alarms',
    objective: 'Quiet nights',
    okrUrl: null,
    dueDate: '2027-01-24',
    assignees: ['mbeki'],
    milestones: [
      {
        label: 'Milestone 1',
        description: 'Rules reviewed',
        dueDate: '2026-12-01',
        dris: ['ann'],
        state: 'done',
        overdue: false,
        doneOn: null,
        line: 7,
      },
    ],
    progress: { claimed: 45, milestones: 50, expected: 62 },
    status: { claimed: 'on-track', week: '2026-11-16', noteId: 991 },
    updates: [
      {
        kind: 'weekly-update',
        noteId: 991,
        url: 'https://gitlab.example.com/sec/okrs/-/issues/12#note_991',
        author: 'mbeki',
        createdAt: '2026-11-20T10:00:00Z',
        edited: false,
        week: '2026-11-16',
        status: 'on-track',
        percent: 45,
        findings: [aFinding({ noteId: 991 })],
      },
    ],
    timeline: [
      { on: '2026-11-20', what: 'due-date-moved', detail: 'moved', source: 'system note 1204', to: null },
    ],
    answers: [
      { command: 'snooze', by: 'mbeki', until: '2026-12-07', because: null, noteId: 995, inForce: true },
    ],
    nextPing: { on: '2026-12-01', whom: ['mbeki'], because: 'a milestone is overdue' },
    ...over,
  };
}
