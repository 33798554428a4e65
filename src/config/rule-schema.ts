import { z } from 'zod';
import { type DocumentKind, mainKind } from '../model/document.ts';
import type { FolderRule } from '../rules/folder-rule.ts';
import { folderRules, setRules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import type { SetRule } from '../rules/set-rule.ts';
import { customRuleShape } from './custom-rule-schema.ts';
import { exampleSchema } from './example-schema.ts';
import { ageSchema, extendsSchema, labelSchema, webPageSchema } from './name-schemas.ts';
import { ourRules } from './our-rules.ts';
import { patternSchema } from './patterns.ts';

const severitySchema = z
  .enum(['off', 'info', 'warning', 'error'])
  .describe('`error` and `warning` nudge people, `info` is only mentioned, `off` switches the rule off.');

/** One value or a list of them. */
function oneOrMore<S extends z.ZodType>(item: S) {
  return z.union([item, z.array(item).min(1).max(100)]);
}

export const quarterPattern = /^FY(\d{2}|\d{4})[ -]?Q[1-4]$/;

const condition = z
  .strictObject({
    labels: oneOrMore(labelSchema).optional().describe('The issue carries one of these labels.'),
    project: oneOrMore(z.string().min(1).max(500))
      .optional()
      .describe('The issue is in this project (`group/project`), or below this group (`group/*`).'),
    author: oneOrMore(z.string().regex(/^@?[\w.-]+$/, 'a user name'))
      .optional()
      .describe('User name of who opened the issue.'),
    title: patternSchema.optional().describe('The title matches this pattern (RE2).'),
    quarter: oneOrMore(z.string().regex(quarterPattern, 'a quarter such as `FY27 Q4`'))
      .optional()
      .describe('The quarter in the title, such as `FY27 Q4`.'),
    age: ageSchema.optional(),
  })
  .refine((value) => Object.keys(value).length > 0, {
    error: 'at least one condition',
    when: ({ issues }) => issues.length === 0,
  })
  .describe('All conditions in one block must hold.');

const conditions = z
  .union([condition, z.array(condition).min(1).max(50)])
  .nullable()
  .meta({ id: 'conditions' });

export type Condition = z.output<typeof condition>;

export const graceSchema = z
  .strictObject({
    'new-issues': z.int().min(0).max(366).default(0).describe('Days after an issue was opened.'),
    'quarter-start': z.int().min(0).max(92).default(0).describe("Days after the KR's quarter began."),
  })
  .nullable()
  .describe('How long the rule keeps quiet.');

/** What can be said about every rule, whether ours or the team's own. */
export const commonRuleShape = {
  only: conditions.optional().describe('The rule applies only to issues that meet one of these blocks.'),
  except: conditions.optional().describe('The rule does not apply to issues that meet one of these blocks.'),
  url: webPageSchema
    .nullable()
    .optional()
    .describe("Your team's own page about this rule; linked from the comment."),
  grace: graceSchema.optional(),
};

/** A rule of the team's own. */
export const customRuleSchema = z.strictObject({ ...customRuleShape, ...commonRuleShape });

export type CustomRule = z.output<typeof customRuleSchema>;

/** The team's own words for what a rule says. */
function messagesSchema(messages: Rule['messages']) {
  return z
    .strictObject(
      Object.fromEntries(
        Object.entries(messages).map(([id, { text }]) => [
          id,
          z.string().min(1).max(500).optional().describe(`Instead of: ${text}`),
        ]),
      ),
    )
    .describe('Your own words for what the rule says; `{placeholders}` as in ours.');
}

/** An entry in a rule file: a severity alone, or everything that can be said about the rule. */
function entrySchema<S extends z.ZodRawShape>(
  rule: Pick<Rule, 'description' | 'defaultSeverity' | 'options'>,
  more: S,
) {
  return z
    .union([
      severitySchema.describe(`${rule.description} Off, or how much it matters.`),
      z.strictObject({
        severity: severitySchema.optional().meta({ default: rule.defaultSeverity }),
        options: rule.options.describe('What the rule lets you choose.').optional(),
        ...more,
      }),
    ])
    .describe(rule.description);
}

/** The entry of a rule over one text. */
export const ruleEntrySchema = (rule: Rule) =>
  entrySchema(rule, { ...commonRuleShape, messages: messagesSchema(rule.messages).optional() });

/** The entry of a rule over a folder: what is said of single issues does not apply to it. */
const folderRuleEntrySchema = (rule: FolderRule) =>
  entrySchema(rule, { url: commonRuleShape.url, messages: messagesSchema(rule.messages).optional() });

/** The entry of a rule over all KRs of a quarter. */
export const setRuleEntrySchema = (rule: SetRule) => entrySchema(rule, {});

/** The rule file of a kind: `kr.yml`. */
export const kindFileName = (kind: DocumentKind): string => `${kind}.yml`;

/** Each may take its whole budget on every document. */
const maxCustomRules = 100;

/** The file of one kind: `kr.yml`, `plan.yml` … */
export function kindFileSchema(kind: DocumentKind): z.ZodType {
  const schema = schemas.get(kind) ?? buildKindFileSchema(kind);
  schemas.set(kind, schema);
  return schema;
}

/** Building and first use of a schema this size take longer than everything else in loading. */
const schemas = new Map<DocumentKind, z.ZodType>();

function buildKindFileSchema(kind: DocumentKind) {
  const entries: Record<string, z.ZodType> = {};
  for (const rule of ourRules) {
    if (rule.kind !== kind) continue;
    const entry = ruleEntrySchema(rule).optional();
    entries[rule.id] = entry;
    if (rule.family !== undefined) entries[rule.family] = entry;
  }
  for (const rule of folderRules)
    if (rule.kind === kind) entries[rule.id] = folderRuleEntrySchema(rule).optional();
  if (kind === mainKind) for (const rule of setRules) entries[rule.id] = setRuleEntrySchema(rule).optional();
  return z
    .strictObject({
      extends: extendsSchema,
      template: z
        .string()
        .min(1)
        .max(500)
        .optional()
        .describe(
          `The template people copy, as a path from this file; \`templates/${kind}.md\` when not said.`,
        ),
      rules: z
        .strictObject(entries)
        .nullable()
        .default({})
        .describe('The rules, each with its severity and options.'),
      custom: z
        .record(
          z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name such as `objective-is-long-enough`'),
          z.union([severitySchema, customRuleSchema]),
        )
        .refine((custom) => Object.keys(custom).length <= maxCustomRules, `at most ${maxCustomRules} rules`)
        .nullable()
        .default({})
        .describe("Your own rules, written in CEL (Common Expression Language). The key is the rule's name."),
      examples: z
        .array(exampleSchema)
        .max(500)
        .nullable()
        .default([])
        .describe('Texts with the findings they should have; `kr-hygiene rules test` runs them.'),
    })
    .describe(`The rules for documents of the kind "${kind}".`);
}
