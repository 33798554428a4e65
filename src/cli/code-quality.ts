import { createHash } from 'node:crypto';
import type { Mistake } from '../config/mistake.ts';
import { projectPath } from './project-path.ts';

/**
 * Mistakes as a GitLab Code Quality report (FACTS §16): shown in a merge request beside the lines they are about.
 * The fingerprint leaves out line numbers, so that a mistake is the same one when lines above it change.
 */
export function codeQuality(mistakes: readonly Mistake[]): string {
  const seen = new Map<string, number>();
  const issues = mistakes.map((mistake) => {
    const file = projectPath(mistake.file);
    const key = `${file}\n${mistake.code}\n${mistake.message}`;
    const again = seen.get(key) ?? 0;
    seen.set(key, again + 1);
    return {
      description: mistake.advice === null ? mistake.message : `${mistake.message} ${mistake.advice}`,
      check_name: mistake.code,
      fingerprint: createHash('sha256').update(`${key}\n${again}`).digest('hex'),
      severity: mistake.level === 'error' ? 'major' : 'minor',
      location: { path: file, lines: { begin: mistake.line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
