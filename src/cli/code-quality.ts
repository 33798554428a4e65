import { createHash } from 'node:crypto';
import type { ConfigError } from '../config/config-error.ts';
import { projectPath } from './project-path.ts';

/**
 * Errors as a GitLab Code Quality report (docs/gitlab.md §16): shown in a merge request next to the lines they are about.
 * The fingerprint leaves out line numbers, so that an error is the same one when lines above it change.
 */
export function codeQuality(errors: readonly ConfigError[]): string {
  const seen = new Map<string, number>();
  const issues = errors.map((configError) => {
    const file = projectPath(configError.file);
    const key = `${file}\n${configError.code}\n${configError.message}`;
    const again = seen.get(key) ?? 0;
    seen.set(key, again + 1);
    return {
      description:
        configError.advice === null ? configError.message : `${configError.message} ${configError.advice}`,
      check_name: configError.code,
      fingerprint: createHash('sha256').update(`${key}\n${again}`).digest('hex'),
      severity: configError.level === 'error' ? 'major' : 'minor',
      location: { path: file, lines: { begin: configError.line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
