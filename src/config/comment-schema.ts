import { z } from 'zod';
import { languageNames } from './built-in.ts';
import { webPageSchema } from './name-schemas.ts';

/** `comment:` of policy.yml. */
export const commentSchema = z
  .strictObject({
    greet: z
      .enum(['assignees', 'dris', 'author', 'nobody'])
      .default('assignees')
      .describe(
        'Whom the comment mentions: the assignees (where there are none, the author), also the DRIs of milestones, the author, or `nobody`.',
      ),
    signature: z
      .string()
      .min(1)
      .max(80)
      .regex(/^[^\r\n<>@/`]+$/, 'one line of plain words, without `@`, `/`, `<` or back-ticks')
      .default('KR hygiene')
      .describe('What the bot calls itself.'),
    'handbook-url': webPageSchema
      .nullable()
      .default(null)
      .describe("Your team's page on how Key Results are written; null: none."),
    'docs-url': z
      .string()
      .max(1000)
      .regex(/^https?:\/\/[^\s<>"]+$/, 'an address that begins with https://')
      .nullable()
      .default(null)
      .describe(
        'Where your team keeps a page on each rule, linked as "Why?"; `{rule}` stands for its name. A `url` of the rule itself wins; null: no links.',
      ),
    'about-url': webPageSchema
      .nullable()
      .default(null)
      .describe("Your team's page on what the bot wants, such as a copy of docs/comment.md; null: none."),
    ask: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^\r\n<>`]+$/, 'a user name, a page, or a few plain words')
      .nullable()
      .default(null)
      .describe(
        'Whom to ask when the bot is wrong: a user name, a page, or a few words; null: no one is named.',
      ),
    language: z
      .enum(languageNames)
      .default('en')
      .describe('The language of its fixed sentences; `comment.yml` of your folder replaces single ones.'),
    schedule: z
      .string()
      .min(1)
      .max(60)
      .regex(/^[^\r\n<>@/`]+$/, 'a few plain words, without `@`, `/`, `<` or back-ticks')
      .nullable()
      .default(null)
      .describe('How often the pipeline runs, as it follows "I look again"; null: every day.'),
    'max-findings': z
      .int()
      .min(1)
      .max(100)
      .default(20)
      .describe('How many findings are spelled out before "and more".'),
    'command-prefix': z
      .string()
      .min(1)
      .max(30)
      .regex(/^[A-Za-z][A-Za-z0-9-]*$/, 'a word of letters, digits and hyphens')
      .default('kr')
      .describe('The word before the colon of a command to the bot: `kr: snooze 2w`.'),
    corrections: z.boolean().default(true).describe('Offer the corrected lines, to copy and paste.'),
  })
  .describe('How the bot speaks.');
