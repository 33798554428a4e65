import type { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import type { RunSummary, SubjectReport } from '../model/report.ts';
import { quoted } from '../text/visible.ts';
import { reportSchema } from './schema.ts';

/** A report as it was read. */
export interface Report extends RunSummary {
  subjects: SubjectReport[];
}

/**
 * Reads `report.json`, of this version or an earlier one.
 * @param text the file's content
 * @param name what to call the file in an error
 * @throws UsageError with a sentence for what is cut short, no JSON, or of another kind or version
 */
export function readReport(text: string, name = 'The report'): Report {
  const value = parseJson(text, name);
  if (typeof value !== 'object' || value === null || !('subjects' in value) || !('mode' in value)) {
    throw new UsageError(
      `${name} is JSON, but not a report of kr-hygiene. Give the report.json that \`run --output\` or \`merge --output\` wrote.`,
    );
  }
  const version = 'version' in value ? value.version : undefined;
  if (version !== 1) {
    throw new UsageError(
      `${name} is a report of version ${versionWords(version)}; this kr-hygiene reads version 1. Use the kr-hygiene that wrote it, or a later one.`,
    );
  }
  const read = reportSchema.safeParse(value);
  if (read.success) return read.data;
  throw new UsageError(
    `${name} cannot be read as a report: ${problemOf(read.error)}. Create it again with \`run --output\`.`,
  );
}

function parseJson(text: string, name: string): unknown {
  const bare = text.replace(/^\uFEFF/, '');
  if (bare.trim() === '') throw new UsageError(`${name} is empty. Create it again with \`run --output\`.`);
  try {
    return JSON.parse(bare);
  } catch {
    throw new UsageError(
      bare.trimStart().startsWith('{')
        ? `${name} is cut short or damaged: its JSON cannot be read to the end. Create it again with \`run --output\`.`
        : `${name} is not JSON. Give the report.json that \`run --output\` or \`merge --output\` wrote.`,
    );
  }
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'something in it is not what it should be';
  const at = issue.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return `${at === '' ? 'its top' : at}: ${issue.message.replace(/^Invalid input: /, '')}`.slice(0, 300);
}

function versionWords(version: unknown): string {
  if (version === undefined) return 'unknown';
  return typeof version === 'number' ? String(version) : quoted(JSON.stringify(version));
}
