import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { basename, extname } from 'node:path';
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
  /** Stands for the package in the browser, and begins the names of the modules that are taken from it. */
  readonly name: string;
  /** The modules, beside the package's index. They bring along what they import of their own folder. */
  readonly sources: readonly string[];
  /** What of them is known under the package's name. */
  readonly index: string;
}

/**
 * What the page has of our other packages: the engine's own fold, so that a run is replayed by the very function that it
 * is run by, how streams are named, undos are called and effects are set in, and what that needs. A test links all parts by their imports:
 * it fails when one comes to need more.
 */
const borrowed: Readonly<Record<string, Borrowed>> = {
  '@studio/domain': {
    name: 'domain',
    sources: ['./run/evolve.ts', './run/run.ts'],
    index: `import { fold } from './domain.evolve.ts';
import { initialRun, shownStatus } from './domain.run.ts';
export { fold as foldRun, initialRun, shownStatus };
`,
  },
  '@studio/contracts': {
    name: 'contracts',
    sources: ['./erased.ts', './ops/effectTree.ts', './streams.ts', './workflow/undo.ts'],
    index: `import { isErasedUnder } from './contracts.erased.ts';
import { effectTree } from './contracts.effectTree.ts';
import { parseStream, streamCategories } from './contracts.streams.ts';
import { isUndo, undoIdOf, undoNodeOf } from './contracts.undo.ts';
export { effectTree, isErasedUnder, isUndo, parseStream, streamCategories, undoIdOf, undoNodeOf };
`,
  },
};

/** Comments on lines of their own, which a browser has no use for. No text of the page has lines like these. */
const notes = /^[ \t]*(?:\/\*\*[^]*?\*\/|\/\/.*)\n/gm;

/** Without the blanks that types have become: those that were none before, where each stands in its old place. */
const closedUp = (blanked: string, text: string): string =>
  blanked.length === text.length
    ? blanked
        .split('')
        .filter((character, at) => character !== ' ' || text[at] === ' ')
        .join('')
    : blanked;

/** A browser runs TypeScript once its types are blanked out, as Node does with our own: no build, no second language. */
const stripped = (text: string): string =>
  closedUp(stripTypeScriptTypes(text), text)
    .replaceAll(notes, '')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{2,}/g, '\n');

const codeOf = (source: URL): string => stripped(readFileSync(source, 'utf8'));

const withBorrowed = (code: string): string =>
  Object.entries(borrowed).reduce(
    (text, [name, part]) => text.replaceAll(`from '${name}'`, `from './${part.name}.ts'`),
    code,
  );

const served = (name: string): string => {
  const source = new URL(name, folder);
  return name.endsWith('.ts') ? withBorrowed(codeOf(source)) : readFileSync(source, 'utf8');
};

const { resolve } = createRequire(import.meta.url);
const ownImport = /from '\.\/([^']+)'/g;

/** Modules and all that they import of their folder, under names that no file of the page has. */
const lent = ([name, { name: prefix, sources, index }]: [string, Borrowed]): [string, string][] => {
  const texts = new Map<string, string>();
  const take = (source: URL): void => {
    const file = `${prefix}.${basename(source.pathname)}`;
    if (texts.has(file)) return;
    const code = codeOf(source);
    texts.set(file, withBorrowed(code.replaceAll(ownImport, `from './${prefix}.$1'`)));
    for (const [, own = ''] of code.matchAll(ownImport)) take(new URL(own, source));
  };
  for (const source of sources) take(new URL(source, pathToFileURL(resolve(name))));
  return [[`${prefix}.ts`, index], ...texts];
};

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
    ...Object.entries(borrowed).flatMap(lent),
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
