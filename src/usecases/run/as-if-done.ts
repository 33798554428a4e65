import type { Action } from '../../model/action.ts';
import type { Issue, Note } from '../../model/issue.ts';
import type { PlanInput } from '../../plan/plan-issue.ts';

interface AsItWouldBe {
  issue: Issue;
  notes: readonly Note[];
}

/** An issue and its comments once these actions were performed, as far as a plan looks at them: for dry runs. */
export function asIfDone(
  { issue, notes }: Pick<PlanInput, 'issue' | 'notes'>,
  actions: readonly Action[],
): AsItWouldBe {
  return actions.reduce<AsItWouldBe>(after, { issue, notes: notes ?? [] });
}

function after(state: AsItWouldBe, action: Action): AsItWouldBe {
  const { issue, notes } = state;
  switch (action.type) {
    case 'update-note':
      return {
        issue,
        notes: notes.map((note) => (note.id === action.noteId ? { ...note, body: action.body } : note)),
      };
    case 'delete-note':
      return { issue, notes: notes.filter(({ id }) => id !== action.noteId) };
    case 'update-labels': {
      const gone = new Set(action.remove);
      const kept = issue.labels.filter((label) => !gone.has(label));
      return { issue: { ...issue, labels: [...new Set([...kept, ...action.add])] }, notes };
    }
    case 'update-due-date':
      return { issue: { ...issue, dueDate: action.dueDate }, notes };
    case 'edit-description':
      return { issue: { ...issue, description: action.description }, notes };
    case 'update-assignees':
    case 'create-note':
    case 'create-ping':
      return state;
    default:
      return action satisfies never;
  }
}
