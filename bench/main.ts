/**
 * `npm run bench [-- name …]`: every figure is a ratio within one run or a count, since machines are noisy.
 * Without a name all benchmarks run. Numbers after a name are its sizes: `-- run 100000 1000` for 100,000 KRs in 1,000
 * projects.
 */
const benchmarks: Record<string, (sizes: readonly number[]) => Promise<void>> = {
  start: async () => (await import('./start.ts')).benchStart(),
  parse: async () => (await import('./parse.ts')).benchParse(),
  run: async (sizes) => (await import('./run.ts')).benchRun(sizes),
  memory: async (sizes) => void (await (await import('./memory.ts')).benchMemory(sizes)),
  economy: async (sizes) => void (await (await import('./economy.ts')).benchEconomy(sizes)),
  gateway: async (sizes) => (await import('./gateway.ts')).benchGateway(sizes),
  merge: async (sizes) => (await import('./merge.ts')).benchMerge(sizes),
  nudges: async () => (await import('./nudges.ts')).benchNudges(),
  plans: async () => (await import('./plans.ts')).benchPlans(),
  site: async () => (await import('./site.ts')).benchSite(),
};

const given = process.argv.slice(2);
const sizesOf = new Map<string, number[]>();
let last: number[] = [];
for (const word of given) {
  if (/^\d+$/.test(word)) last.push(Number(word));
  else sizesOf.set(word, (last = []));
}
const wanted = [...sizesOf.keys()];
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`No benchmark "${unknown.join('", "')}". There are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  await bench(sizesOf.get(name) ?? []);
}
