import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';

export interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
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

const assetOf = (name: string, text: string): Asset => ({
  type: types[extname(name)] ?? 'application/octet-stream',
  etag: `"${digestOf(text)}"`,
  body: Buffer.from(text),
});

/** A browser runs TypeScript once its types are blanked out, as Node does with our own: no build, no second language. */
const served = (name: string): string => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  return name.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
};

const isServed = (name: string): boolean => extname(name) in types && !name.endsWith('.test.ts');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** Reads the page from disk. `apiPrefix` is where it calls, such as `/api/v1`. */
export const loadPage = (apiPrefix: string): PageAssets => {
  const names = readdirSync(folder).filter(isServed).sort();
  const texts = new Map(names.map((name) => [name, served(name)]));
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
