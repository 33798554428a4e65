import { mostWeeks } from '../model/remembered-weeks.ts';

/** Beyond these, what is oldest is forgotten: a note of ours stays far below GitLab's limit. */
export const stateLimits = { points: 40, people: 30, text: 160, weeks: mostWeeks, others: 5 } as const;
