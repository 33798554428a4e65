#!/usr/bin/env node
import { processIo } from './cli/io.ts';
import { main } from './cli/main.ts';

// A reader that goes away (`kr-hygiene … | head`) ends the output, not the run with a stack trace.
// Any other failure to write means that the results are not whole: exit code 3.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`The results could not be written to standard output: ${error.message}.\n`);
  process.exit(3);
});

process.exitCode = await main(process.argv, process.env, processIo(process.env));
