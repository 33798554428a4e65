// How the program is bundled; benchmarks bundle what they measure in the same way.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nameToEmoji } from 'gemoji';

/** What a package brings along that we never use: half of what would have to be read at each start. */
const lighter = {
  name: 'lighter',
  setup({ onLoad }) {
    // Error messages in sixty languages; ours are our own.
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};' }));
    // Descriptions, tags and categories of each emoji.
    onLoad({ filter: /[\\/]gemoji[\\/]index\.js$/ }, () => ({
      contents: `export const nameToEmoji = ${JSON.stringify(nameToEmoji)};`,
    }));
  },
};

/**
 * micromark makes an object for each construct that it tries where one may interrupt another, with the tokenizer's
 * context as its prototype. To V8 whatever becomes a prototype is there to stay: it gets hidden classes of its own in the
 * old generation, and these keep all tokens of the text until all memory is looked through. A tenth of a night went
 * there. So the object is one of a class that asks the context.
 */
const young = {
  name: 'young',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]micromark[\\/]lib[\\/]create-tokenizer\.js$/ }, ({ path: module }) => {
      const text = readFileSync(module, 'utf8');
      const old = 'Object.assign(Object.create(context), fields)';
      if (text.split(old).length !== 2) throw new Error(`${module} is not the micromark that bundle.js knows`);
      const file = JSON.stringify(fileURLToPath(new URL('live-context.js', import.meta.url)));
      return { contents: `import { liveContext } from ${file};\n${text.replace(old, 'liveContext(context, fields)')}` };
    });
  },
};

// CommonJS that loads what it needs when it needs it: it stays in node_modules.
const external = JSON.parse(readFileSync(new URL('externals.json', import.meta.url), 'utf8'));

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles modules with all they import.
 * @param entryPoints files by the names of what is made of them, as `outdir` seen from the package
 * @param outdir a folder within the package, where the packages that stay outside are found
 */
export async function bundle(entryPoints, outdir) {
  const result = await build({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // See quickSpreads.
    supported: { 'object-rest-spread': false },
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    logLevel: 'warning',
    // Half of what is left to read; names stay, for stack traces.
    minifyWhitespace: true,
    plugins: [lighter, young],
    external,
    metafile: true,
    // Packages in CommonJS that are bundled ask for Node's own modules.
    banner: { js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);" },
  });
  quickSpreads(Object.keys(result.metafile.outputs).map((file) => path.join(root, file)));
  return result;
}

const spreadHelpers = /var __spreadValues=\(a,b\)=>\{.*?return a\};var __spreadProps=\(a,b\)=>__defProps\(a,__getOwnPropDescs\(b\)\);/;

/**
 * In Node 20 each object written as `{ ...one, key }` gets a hidden class of its own (V8 11.3; not in Node 22): it is
 * made anew every time, code that meets it is never sure of its shape, and it stays until all memory is looked through.
 * A sixth of a night went there, much of it in packages. So spreads are written out by esbuild, and what it would call
 * for them, which defines key by key, is `Object.assign` here. A key named `__proto__` stays a key, as in a spread.
 */
function quickSpreads(files) {
  const [file, ...others] = files.filter((one) => spreadHelpers.test(readFileSync(one, 'utf8')));
  if (file === undefined || others.length > 0) throw new Error('esbuild writes spreads in another way than bundle.js knows');
  const quick = [
    'var __spreadKeys=(a,b)=>{for(var key of Reflect.ownKeys(b))if(__propIsEnum.call(b,key))__defNormalProp(a,key,b[key]);return a};',
    "var __spreadValues=(a,b)=>b!=null&&__hasOwnProp.call(b,'__proto__')?__spreadKeys(a,b):Object.assign(a,b);",
    'var __spreadProps=__spreadValues;',
  ];
  writeFileSync(file, readFileSync(file, 'utf8').replace(spreadHelpers, () => quick.join('')));
}
