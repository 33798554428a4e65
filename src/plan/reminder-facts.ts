import type { Finding } from '../model/finding.ts';
import type { Issue, Note } from '../model/issue.ts';
import { type NoteOwner, nudgesIn } from '../model/nudge-note.ts';
import type { ReminderFacts } from '../model/reminder.ts';
import { decodeMarker } from './marker.ts';
import type { IssuePlan } from './plan-issue.ts';

interface FactsInput {
  issue: Pick<Issue, 'createdAt'>;
  findings: readonly Finding[];
  plan: Pick<IssuePlan, 'actions'>;
  /** Null: not read. */
  notes: readonly Note[] | null;
  /** Null: not known. */
  owner: NoteOwner | null;
  /** The day of an instant in the policy's time zone. */
  dayOf: (instant: string) => string;
}

/** What deciding over all subjects needs to know of this one; null when it has nothing to do with it. */
export function reminderFacts(input: FactsInput): ReminderFacts | null {
  const { issue, findings, plan, notes, owner, dayOf } = input;
  const first = plan.actions.find((action) => action.type === 'create-note');
  const [nudge] = nudgesIn(notes ?? [], owner);
  if (first === undefined && nudge === undefined) return null;
  return {
    createdAt: issue.createdAt,
    firstNudge:
      first === undefined
        ? null
        : {
            mentions: decodeMarker(first.body)?.mentioned ?? [],
            errors: findings.filter(({ severity }) => severity === 'error').length,
          },
    nudge:
      nudge === undefined
        ? null
        : { on: dayOf(nudge.createdAt), mentions: decodeMarker(nudge.body)?.greeted ?? [] },
  };
}
