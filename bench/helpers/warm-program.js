/**
 * The built program in one process (`--expose-gc`), night after night, as it is when it is warm: what is compiled and
 * remembered in the first nights is there in the later ones. Tells what each took.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [program = ''] = process.argv.slice(2);
let nights = 0;

/** @param {string[]} args */
async function night(args) {
  // The program is what its file does when it is loaded; with another address it is loaded once more, its parts are not.
  process.argv = [process.execPath, program, ...args];
  globalThis.gc?.();
  // Linux counts the peak anew when told so: proc(5), `clear_refs`.
  writeFileSync('/proc/self/clear_refs', '5');
  const before = process.cpuUsage();
  const started = performance.now();
  nights += 1;
  await import(`${pathToFileURL(program).href}?night=${nights}`);
  const { user, system } = process.cpuUsage(before);
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  process.send?.({
    code: process.exitCode ?? 0,
    cpuMs: (user + system) / 1000,
    maxRssMiB: Number(kibibytes) / 1024,
    wallMs: performance.now() - started,
  });
}

process.on('message', (/** @type {string[]} */ args) => void night(args));
process.send?.('ready');
