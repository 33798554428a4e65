import { errors } from './errors.ts';
import type { Project, World } from './types.ts';

/** Texts are checked in public projects only: 422. */
export function refuseSpam(world: World, project: Project, text: string): void {
  if (project.visibility !== 'public') return;
  const lower = text.toLowerCase();
  if (world.settings.spamWords.some((word) => lower.includes(word.toLowerCase()))) throw errors.spam();
}
