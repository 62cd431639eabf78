import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { hasCode } from '../files/systemErrors.ts';

/** The 32 bytes that every other key is derived from. */
export type MasterKey = Buffer;

const keyBytes = 32;

/** 64 hex characters; a key of few different bytes was typed, not drawn. Throws one clear line. */
export const parseMasterKey = (hex: string, from: string): MasterKey => {
  if (!/^[0-9a-f]{64}$/i.test(hex))
    throw new Error(`${from} must be 64 hex characters (make one with: openssl rand -hex 32)`);
  const key = Buffer.from(hex, 'hex');
  // 32 random bytes with fewer than 16 different ones do not happen in the life of a machine.
  if (new Set(key).size < 16)
    throw new Error(`${from} is too regular to be a key (make one with: openssl rand -hex 32)`);
  return key;
};

const readKeyFile = async (file: string): Promise<MasterKey | null> => {
  try {
    const hex = await readFile(file, 'utf8');
    await chmod(file, 0o600); // also after a restore that lost the mode
    return parseMasterKey(hex.trim(), file);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
};

const flush = async (path: string, flags: string, text?: string): Promise<void> => {
  const handle = await open(path, flags, 0o600);
  try {
    if (text !== undefined) await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const makeKeyFile = async (file: string): Promise<void> => {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    await flush(draft, 'wx', `${randomBytes(keyBytes).toString('hex')}\n`);
    // A link never replaces: of two first starts at once, both then read the winner's key.
    await link(draft, file).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await flush(folder, 'r');
};

interface MasterKeySource {
  readonly secretKey?: string | undefined;
  readonly dataDir: string;
}

const keyFile = (dataDir: string): string => join(dataDir, 'keys', 'master.key');

/** The key of SECRET_KEY, else that of `<dataDir>/keys/master.key`; null where neither is. */
export const findMasterKey = async (source: MasterKeySource): Promise<MasterKey | null> =>
  source.secretKey === undefined
    ? readKeyFile(keyFile(source.dataDir))
    : parseMasterKey(source.secretKey, 'SECRET_KEY');

/** The key of SECRET_KEY, else that of `<dataDir>/keys/master.key`, which is made on first use (mode 0600). */
export const loadMasterKey = async (source: MasterKeySource): Promise<MasterKey> => {
  const found = await findMasterKey(source);
  if (found) return found;
  const file = keyFile(source.dataDir);
  await makeKeyFile(file);
  const made = await readKeyFile(file);
  if (!made) throw new Error(`${file} vanished while it was made`);
  return made;
};

/** 32 bytes for one purpose (HKDF-SHA256). `info` names it and is frozen: `studio/<purpose>/<version>`. */
export const deriveKey = (master: MasterKey, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, '', info, keyBytes));
