// Builds dist/: the program in a few files, since Node takes longer to find seven hundred modules than to run them.
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { cli: 'src/cli.ts', 'read-worker': 'src/parse/read-worker.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  logLevel: 'warning',
  // Half of what is left to read; names stay, for stack traces.
  minifyWhitespace: true,
  // CommonJS that loads what it needs when it needs it.
  external: ['pino', 'pino-pretty', 'undici', '@gitbeaker/*'],
  // Packages in CommonJS that are bundled ask for Node's own modules.
  banner: { js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);" },
});
chmodSync('dist/cli.js', 0o755);
