import { z } from 'zod';

export const limitsSchema = z
  .strictObject({
    concurrency: z
      .int()
      .min(1)
      .max(64)
      .default(8)
      .describe('How many issues are worked on at the same time.'),
    'run-minutes': z
      .int()
      .min(1)
      .max(24 * 60)
      .default(55)
      .describe(
        'The run stops cleanly after this many minutes and says what is left; keep it below the time limit of the CI job.',
      ),
    'requests-per-minute': z
      .int()
      .min(1)
      .max(100_000)
      .default(1900)
      .describe('Requests to GitLab a minute; GitLab.com allows 2,000.'),
    'notes-per-minute': z
      .int()
      .min(1)
      .max(10_000)
      .default(55)
      .describe('New comments a minute; GitLab.com allows 60.'),
  })
  .describe('How hard the bot may work the server.');
