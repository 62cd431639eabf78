import { readdir, realpath } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { StudioError } from '@studio/contracts';
import { createNodeKinds, type KindFile, type NodeKinds, ownKindsOf } from '@studio/kinds';

const isCode = (name: string): boolean =>
  /\.[cm]?[jt]sx?$/.test(name) && !/\.(?:test|d)\.\w+$/.test(name);
const isKindFile = (name: string): boolean => isCode(name) && /\.(?:ts|mjs)$/.test(name);

/** What a kind may import of the studio's, wherever its folder lies. */
const lent: ReadonlySet<string> = new Set(['@studio/contracts', 'zod']);

/** Files of the folder are modules, and find what the studio lends them; everything else resolves as ever. */
const lendTo = (folder: string): void => {
  const inFolder = `${pathToFileURL(folder).href}/`;
  registerHooks({
    resolve: (specifier, context, next) => {
      const isOurs = context.parentURL?.startsWith(inFolder) ?? false;
      if (isOurs && lent.has(specifier))
        return { url: import.meta.resolve(specifier), shortCircuit: true };
      const found = next(specifier, context);
      const isTypeScript = found.url.startsWith(inFolder) && found.url.endsWith('.ts');
      return isTypeScript ? { ...found, format: 'module-typescript' } : found;
    },
  });
};

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

/** The folder itself, links followed as imports follow them, and what lies in it. */
const look = async (kindsDir: string): Promise<{ folder: string; names: readonly string[] }> => {
  try {
    const folder = await realpath(kindsDir);
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name]));
    return { folder, names: names.sort() };
  } catch (error) {
    throw new StudioError('invalid', 'config.invalid', 'KINDS_DIR: must be a folder to read', {
      cause: error,
    });
  }
};

type Loaded = KindFile | string;

const load = async (folder: string, file: string): Promise<Loaded> => {
  try {
    const url = pathToFileURL(join(folder, file)).href;
    return { file, exports: (await import(url)) as KindFile['exports'] }; // a module is its exports by name
  } catch (error) {
    return `${file}: cannot be loaded: ${reasonOf(error)}`;
  }
};

const loadAll = async (folder: string, files: readonly string[]): Promise<readonly Loaded[]> => {
  lendTo(folder); // for good: a kind may import more while it runs
  const loaded: Loaded[] = [];
  for (const file of files) loaded.push(await load(folder, file));
  return loaded;
};

const isFile = (found: Loaded): found is KindFile => typeof found !== 'string';
const isProblem = (found: Loaded): found is string => !isFile(found);

/**
 * The studio's kinds, with those of the folder if there is one: each file, `.ts` or `.mjs`, holds one; tests beside
 * them (`.test.ts`) and folders within are passed over. Throws `config.invalid` with a line for each thing that is wrong.
 */
export const loadNodeKinds = async (kindsDir: string | undefined): Promise<NodeKinds> => {
  if (kindsDir === undefined) return createNodeKinds();
  const { folder, names } = await look(kindsDir);
  const strange = names.filter((name) => isCode(name) && !isKindFile(name));
  const loaded = await loadAll(folder, names.filter(isKindFile));
  const { kinds, problems } = ownKindsOf(loaded.filter(isFile));
  const all = [
    ...strange.map((name) => `${name}: a kind is a .ts or an .mjs file`),
    ...loaded.filter(isProblem),
    ...problems,
  ];
  if (all.length === 0) return createNodeKinds(kinds);
  const message = all.map((line) => `KINDS_DIR: ${line}`).join('\n');
  throw new StudioError('invalid', 'config.invalid', message);
};
