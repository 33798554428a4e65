import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { documentKinds } from '../kinds/index.ts';
import { isDay } from '../model/days.ts';
import { UsageError } from '../model/errors.ts';
import type { IssueFacts } from '../model/rule.ts';
import { oneLine } from '../reporters/terminal.ts';
import { blankUntil, findFrontMatter } from '../text/front-matter.ts';
import { visible } from '../text/visible.ts';
import { yamlAdvice } from '../text/yaml-advice.ts';

const text = z.string({ error: 'must be a text; put it in quotes' });
const day = text.refine((written) => isDay(written), 'is not a date like 2026-12-04');
const name = text.transform((written) => written.replace(/^@/, ''));
const names = z.union([z.array(name), name.transform((one) => [one])], {
  error: 'must be a user name, or a list of them',
});

/** The keys of front matter that stand in for the issue; others are left alone, since other tools own them. */
const frontMatter = z.object({
  title: text.exactOptional(),
  due_date: day.nullable().exactOptional(),
  assignees: names.exactOptional(),
  labels: z
    .union([z.array(text), text.transform((one) => one.split(',').map((label) => label.trim()))], {
      error: 'must be a list of labels',
    })
    .exactOptional(),
  created_at: z.iso.datetime({ offset: true }).or(day).exactOptional(),
  author: name.exactOptional(),
  confidential: z.boolean().exactOptional(),
  milestone: text.nullable().exactOptional(),
  members: z.array(name).exactOptional(),
  kind: z.enum(documentKinds).exactOptional(),
});

export interface SplitText {
  /** The text with the front matter blanked out: same length, same lines, so that places stay true. */
  body: string;
  facts: IssueFacts;
  kind: z.output<typeof frontMatter>['kind'] | null;
}

/**
 * Takes YAML front matter off a file's text. GitLab shows it in files only: in an issue a leading `---` is a rule.
 * @param options `ofIssue: false` for a page, whose front matter says nothing of an issue: it need only be YAML
 * @throws UsageError when it is there and is not what it should be
 */
export function splitFrontMatter(
  source: string,
  named: string,
  { ofIssue = true }: { ofIssue?: boolean } = {},
): SplitText {
  const file = visible(named);
  const span = findFrontMatter(source);
  if (span?.marker !== '---') return { body: source, facts: {}, kind: null };
  const counter = new LineCounter();
  const yaml = source.slice(span.start, span.end);
  // Without prettyErrors: those name a place of their own, counted from the top of the front matter.
  const document = parseDocument(yaml, { lineCounter: counter, schema: 'core', prettyErrors: false });
  const configError = document.errors[0];
  if (configError !== undefined) {
    const { line, col } = counter.linePos(configError.pos[0]);
    const said = `the front matter is not YAML: ${oneLine(configError.message)}`;
    const advice = yamlAdvice[configError.code];
    throw new UsageError(`${file}:${line + 1}:${col}: ${said}${advice === undefined ? '' : `. ${advice}`}`);
  }
  const contents = contentsOf(document, file);
  const body = blankUntil(source, span.textStart);
  const parsed = frontMatter.safeParse(contents);
  if (!parsed.success && !ofIssue) return { body, facts: {}, kind: null };
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const key = issue.path[0];
      const pair = isMap(document.contents)
        ? document.contents.items.find((item) => isScalar(item.key) && item.key.value === key)
        : undefined;
      const offset = isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0;
      const { line, col } = counter.linePos(offset);
      return `${file}:${line + 1}:${col}: front matter, ${issue.path.join('.') || 'as a whole'}: ${issue.message}`;
    });
    throw new UsageError(lines.join('\n'));
  }
  return {
    body,
    facts: factsOf(parsed.data),
    kind: parsed.data.kind ?? null,
  };
}

function contentsOf(document: Document, file: string): unknown {
  if (document.contents === null) return {};
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch {
    // Aliases of aliases could grow without end.
    throw new UsageError(`${file}:1:1: the front matter has too many aliases (*name). Write the values out.`);
  }
}

function factsOf(data: z.output<typeof frontMatter>): IssueFacts {
  const { due_date, created_at, milestone, members, kind: _kind, ...others } = data;
  return {
    ...others,
    ...(due_date === undefined ? {} : { dueDate: due_date }),
    ...(created_at === undefined ? {} : { createdAt: created_at }),
    ...(milestone === undefined ? {} : { gitlabMilestone: milestone }),
    ...(members === undefined ? {} : { members: new Set(members.map((one) => one.toLowerCase())) }),
  };
}
