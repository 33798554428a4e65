import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../../.ci/bundle.js';
import { packageRoot } from '../../src/files/package-root.ts';
import { benchToken } from './seed.ts';

/** Starts a script of this folder in a process of its own. */
export function start(name: string, args: readonly (string | number)[], flags: string[] = []): ChildProcess {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  return fork(file, args.map(String), { execArgv: ['--import', 'tsx', ...flags] });
}

/** The same, bundled as the program is, so that the same code runs as in `dist/`. */
export async function startBuilt(name: string, args: readonly (string | number)[]): Promise<ChildProcess> {
  const folder = path.join(packageRoot, 'node_modules', '.cache', 'kr-hygiene-bench');
  await bundle({ [name]: path.join(packageRoot, 'bench', 'helpers', `${name}.ts`) }, folder);
  return fork(path.join(folder, `${name}.js`), args.map(String));
}

/** The next message of such a process. @throws Error when it ends without one */
export async function answer<T>(child: ChildProcess): Promise<T> {
  const known = new AbortController();
  const failed = once(child, 'exit', known).then(([code]) => {
    throw new Error(`a benchmark process ended early with code ${code}`);
  });
  failed.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message', known), failed])) as [T];
  known.abort();
  return message;
}

/** What a run of the program took, as it told itself when it ended. */
export interface Taken {
  code: number | null;
  cpuMs: number;
  maxRssMiB: number;
  wallMs: number;
}

const meter = `data:text/javascript,${encodeURIComponent(
  'process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write("\\nmeter "+(user+system)/1000+" "+process.resourceUsage().maxRSS/1024)})',
)}`;

const built = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const env = { ...process.env, KR_HYGIENE_TOKEN: benchToken, LOG_LEVEL: 'error', CI: '' };

/** Runs the built program (`npm run build` first) and measures it; what it prints is thrown away, errors are not. */
export async function program(args: readonly string[], cwd: string): Promise<Taken> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', meter, built, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told = `${told}${text}`.slice(-4_000);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const [, cpu, rss] = /\nmeter ([\d.]+) ([\d.]+)$/.exec(told) ?? [];
  if (cpu === undefined || code === 2) throw new Error(`the program ended early with code ${code}: ${told}`);
  return { code, cpuMs: Number(cpu), maxRssMiB: Number(rss), wallMs: performance.now() - started };
}

/** The built program in one process that stays, so that it is warm after a night or two; peaks are those of each night. */
export async function warmProgram(): Promise<{
  run: (args: readonly string[]) => Promise<Taken>;
  stop: () => void;
}> {
  const file = fileURLToPath(new URL('warm-program.js', import.meta.url));
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const child = fork(file, [built], { execArgv: ['--expose-gc'], env, stdio: [...stdio] });
  await answer(child);
  return {
    async run(args) {
      const taken = answer<Taken>(child);
      child.send([...args]);
      return taken;
    },
    stop: () => void child.kill(),
  };
}
