#!/usr/bin/env node
import { processIo } from './cli/io.ts';
import { main } from './cli/main.ts';

// A reader that goes away (`kr-hygiene … | head`) ends the output, not the run with a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv, process.env, processIo(process.env));
