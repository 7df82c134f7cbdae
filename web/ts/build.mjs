/**
 * Builds what browsers get: one bundle a page, fonts, icons and the QR reader, all
 * from our own machine. `node web/ts/build.mjs` writes the ignored `static/dist/`
 * folders; nothing is fetched.
 */

import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const MODULES = join(ROOT, 'node_modules');

/** Every bundle: where it comes from, where it goes. */
const BUNDLES = [
  ['web/ts/frame.ts', 'web/static/dist/frame.js'],
  ['web/static/frame.css', 'web/static/dist/frame.css'],
  ['kiosk/booth/main.tsx', 'kiosk/static/dist/booth.js'],
  ['kiosk/booth/board.ts', 'kiosk/static/dist/board.js'],
  ['crypto/ts/ballot_worker.ts', 'kiosk/static/dist/ballot_worker.js'],
  ['tally/trustee/main.tsx', 'tally/static/dist/trustee.js'],
  ...consolePages(),
];

/** Icons chosen by a program; those written in a page are found there. */
const ICONS = [
  'person', 'check-circle-fill', 'x-circle-fill', 'question-circle', 'camera-video-off', 'wifi-off',
];

function consolePages() {
  const folder = join(ROOT, 'admin/console');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => [`admin/console/${name}`, `admin/static/dist/${basename(name, '.ts')}.js`]);
}

async function buildBundles() {
  await Promise.all(BUNDLES.map(([from, to]) => build({
    entryPoints: [join(ROOT, from)],
    outfile: join(ROOT, to),
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    format: 'esm',
    target: ['es2022'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file', '.woff': 'empty' },
    assetNames: 'fonts/[name]',
    logLevel: 'warning',
  })));
}

/** The reader's WebAssembly, which by default would come from a CDN. */
function copyReader() {
  copyFileSync(
    join(MODULES, 'zxing-wasm/dist/reader/zxing_reader.wasm'),
    join(ROOT, 'web/static/dist/zxing_reader.wasm'),
  );
}

/** One sprite of the icons that our pages name. */
function buildSprite() {
  const symbols = [...usedIcons()].sort().map((name) => {
    const svg = readFileSync(iconFile(name), 'utf8');
    const body = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>')).trim();
    return `<symbol id="${name}" viewBox="0 0 16 16" fill="currentColor">${body}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`;
  writeFileSync(join(ROOT, 'web/static/dist/icons.svg'), sprite);
}

function iconFile(name) {
  return join(MODULES, 'bootstrap-icons/icons', `${name}.svg`);
}

/** Every quoted word of a page that is the name of an icon. */
function usedIcons() {
  const names = new Set(ICONS);
  for (const file of pages()) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/["']([a-z0-9-]{2,40})["']/g)) {
      if (existsSync(iconFile(name))) names.add(name);
    }
  }
  return names;
}

function pages() {
  return ['web/templates', 'admin', 'kiosk', 'tally'].flatMap((folder) => {
    const path = join(ROOT, folder);
    return readdirSync(path, { recursive: true })
      .filter((name) => /\.(html|tsx)$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
      .map((name) => join(path, name));
  });
}

mkdirSync(join(ROOT, 'web/static/dist'), { recursive: true });
await buildBundles();
copyReader();
buildSprite();
