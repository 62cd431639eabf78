import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  createLocalFileStorage,
  createSignedHeads,
  type FileCheckParts,
  findMasterKey,
  headSigningKey,
  type LogHead,
  type MasterKey,
  readSignedHead,
  type VerifyParts,
} from '@studio/infra';

import { CommandError, exitCodes } from './exitCodes.ts';
import type { LogAccess } from './logStore.ts';
import type { Shell } from './shell.ts';

/** A folder of files, and the data keys that they are sealed by. */
export const filesIn = (folder: string, pool: LogAccess['pool']): FileCheckParts => ({
  files: createLocalFileStorage(folder),
  hasKey: async (key) => {
    const { rowCount } = await pool.query('select from state.data_keys where key_id = $1', [key]);
    return rowCount === 1;
  },
});

/** The files that events name; null, with a remark, where their folder is not at hand. */
export const filesBeside = (shell: Shell, { pool, dataDir }: LogAccess): VerifyParts['files'] => {
  const folder = join(dataDir, 'files');
  if (!existsSync(folder)) {
    shell.remark(`Files are not checked: there is no ${folder}`);
    return null;
  }
  return filesIn(folder, pool);
};

const givenKey = async (file: string): Promise<KeyObject> => {
  try {
    return createPublicKey(await readFile(file));
  } catch (cause) {
    throw new CommandError(exitCodes.usage, `${file} is no public key`, cause);
  }
};

export const masterKeyOf = ({ env, dataDir }: LogAccess): Promise<MasterKey | null> =>
  findMasterKey({ secretKey: env['SECRET_KEY'] || undefined, dataDir });

const publicKeyOf = async (log: LogAccess, file?: string) => {
  if (file !== undefined) return givenKey(file);
  const master = await masterKeyOf(log);
  return master && headSigningKey(master).publicKey;
};

export interface SignedHeadFound {
  /** Null when there is none that can be believed. */
  readonly head: LogHead | null;
  /** What makes the log fail whatever it holds. */
  readonly problem?: string;
  readonly remark?: string;
}

/** A head of another store, and none of this one: the log may have been put in another's place. */
const withoutHead = (stores: readonly string[], storeId: string): SignedHeadFound =>
  stores.length > 0
    ? {
        head: null,
        problem: `no head of store ${storeId} was ever signed here, only of ${stores.join(', ')}`,
      }
    : {
        head: null,
        remark: 'No head was signed yet: events removed at the very end would not be seen',
      };

export const findSignedHead = async (log: LogAccess, file?: string): Promise<SignedHeadFound> => {
  const heads = createSignedHeads(join(log.dataDir, 'heads'));
  const { storeId } = log.store;
  const text = await heads.read(storeId);
  if (text === null) return withoutHead(await heads.stores(), storeId);
  const publicKey = await publicKeyOf(log, file);
  if (!publicKey)
    return {
      head: null,
      remark: 'There is no key to check the signed head with: it does not count',
    };
  const head = readSignedHead(text, publicKey);
  return head?.storeId === storeId
    ? { head }
    : { head: null, problem: 'the signed head does not carry the signature of this key' };
};
