/**
 * `npm run bench [-- name …]`: every figure is a ratio within one run or a count, since machines are noisy.
 * Without a name all benchmarks run.
 */
const benchmarks: Record<string, () => Promise<void>> = {
  start: async () => (await import('./start.ts')).benchStart(),
  parse: async () => (await import('./parse.ts')).benchParse(),
  run: async () => (await import('./run.ts')).benchRun(),
  gateway: async () => (await import('./gateway.ts')).benchGateway(),
  nudges: async () => (await import('./nudges.ts')).benchNudges(),
  plans: async () => (await import('./plans.ts')).benchPlans(),
  site: async () => (await import('./site.ts')).benchSite(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`No benchmark "${unknown.join('", "')}". There are: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(2);
}
for (const [name, bench] of Object.entries(benchmarks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  await bench();
}
