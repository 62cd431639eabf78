import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

export interface Asset {
  readonly type: string;
  /** Weak: it stands for the body in either encoding. */
  readonly etag: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

export interface PageAssets {
  readonly html: Asset;
  /** By their path: a folder named after the content of them all, so that each may be cached for ever. */
  readonly files: ReadonlyMap<string, Asset>;
}

const folder = new URL('./client/', import.meta.url);

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
};

const digestOf = (...texts: readonly string[]): string =>
  createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 16);

const assetOf = (name: string, text: string): Asset => {
  const body = Buffer.from(text);
  return {
    type: types[extname(name)] ?? 'application/octet-stream',
    etag: `W/"${digestOf(text)}"`,
    ...{ body, gzipped: gzipSync(body) },
  };
};

interface Borrowed {
  readonly name: string;
  /** Beside the package's index. */
  readonly source: string;
  /** Makes the names those of the index. */
  readonly ending: string;
}

/**
 * What the page has of our other packages: the engine's own fold, so that a run is replayed by the very function that it
 * is run by, and what that needs. A test links all parts by their imports: it fails when one comes to need more.
 */
const borrowed: Readonly<Record<string, Borrowed>> = {
  '@studio/domain': {
    ...{ name: 'fold.ts', source: './run/run.ts' },
    ending: 'export { fold as foldRun };\n',
  },
  '@studio/contracts': { name: 'erased.ts', source: './erased.ts', ending: '' },
};

/** A browser runs TypeScript once its types are blanked out, as Node does with our own: no build, no second language. */
const stripped = (text: string): string =>
  // What is left of a type is blanks, most of them at the end of a line.
  stripTypeScriptTypes(text).replaceAll(/[ \t]+$/gm, '');

const inBrowser = (source: URL): string => {
  const text = readFileSync(source, 'utf8');
  return Object.entries(borrowed).reduce(
    (code, [name, part]) => code.replaceAll(`from '${name}'`, `from './${part.name}'`),
    stripped(text),
  );
};

const served = (name: string): string => {
  const source = new URL(name, folder);
  return name.endsWith('.ts') ? inBrowser(source) : readFileSync(source, 'utf8');
};

const { resolve } = createRequire(import.meta.url);
const lent = ([name, { name: file, source, ending }]: [string, Borrowed]): [string, string] => [
  file,
  `${inBrowser(new URL(source, pathToFileURL(resolve(name))))}${ending}`,
];

/** A file of types alone has none left, and nobody imports it. */
const hasCode = (text: string): boolean => text.replaceAll(/\/\*.*?\*\//gs, '').trim() !== '';

const isServed = (name: string): boolean => extname(name) in types && !name.endsWith('.test.ts');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Reads the page from disk. `apiPrefix` is where it calls, such as `/api/v1`. */
export const loadPage = (apiPrefix: string): PageAssets => {
  const names = readdirSync(folder).filter(isServed).sort();
  const all = names.map((name) => [name, served(name)] as const);
  const texts = new Map([
    ...all.filter(([, text]) => hasCode(text)),
    ...Object.entries(borrowed).map(lent),
  ]);
  const template = texts.get('index.html') ?? '';
  texts.delete('index.html');
  const base = `/page/${digestOf(...[...texts].flat())}`;
  const preloads = [...texts.keys()]
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `<link rel="modulepreload" href="${base}/${name}" />`);
  const html = template
    .replaceAll('{{assets}}', base)
    .replaceAll('{{api}}', escaped(apiPrefix))
    .replace('{{preloads}}', preloads.join(''));
  return {
    html: assetOf('index.html', html),
    files: new Map([...texts].map(([name, text]) => [`${base}/${name}`, assetOf(name, text)])),
  };
};
