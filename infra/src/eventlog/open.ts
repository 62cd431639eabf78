import { createHash } from 'node:crypto';

import {
  type DataKey,
  erased,
  type FileStorage,
  type KeyId,
  type KeyRing,
} from '@studio/contracts';

import { corrupt } from './corrupt.ts';
import { type FileRef, readClaim, readSealed } from './forms.ts';
import { openText, type SealedPlace } from './sealing.ts';

/** A value of a sealed field with the place it was written at; read models keep these three beside it. */
export interface SealedAt extends SealedPlace {
  readonly value: unknown;
}

/** Opens values taken from marked fields. Never give it other content: it believes what it sees. */
export interface Opener {
  /** Values of sealed fields, in order: the plain value, or Erased. One look-up of keys for all. `log.corrupt`. */
  open(values: readonly SealedAt[]): Promise<readonly unknown[]>;
  /** Values of `large` fields, in order: claims are fetched, inline values stay. `log.corrupt`. */
  fetch(values: readonly unknown[]): Promise<readonly unknown[]>;
}

const filesAtOnce = 16;

const eachOf = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> => {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += filesAtOnce)
    results.push(...(await Promise.all(items.slice(start, start + filesAtOnce).map(work))));
  return results;
};

interface Sealing {
  readonly at: SealedAt;
  readonly where: string;
  readonly key: KeyId;
  readonly iv: string;
  readonly text: string | undefined;
  readonly ref: string | undefined;
}

const sealingOf = (at: SealedAt): Sealing | null => {
  const where = `${at.stream} event ${at.eventId}${at.pointer}`;
  const sealed = readSealed(at.value, where);
  if (!sealed) return null;
  const { key, iv, text, ref } = sealed;
  return { at, where, key: key as KeyId, iv, text, ref }; // a key id is what stands in `key`
};

const inlineBytes = ({ text = '' }: Sealing): Buffer => Buffer.from(text, 'base64');

const decrypt = ({ at, where, iv }: Sealing, key: DataKey, bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(openText(bytes, at, { key, iv: Buffer.from(iv, 'base64') }));
  } catch (cause) {
    throw corrupt(where, 'the sealed value does not verify', cause);
  }
};

export const createOpener = ({ keys, files }: { keys: KeyRing; files: FileStorage }): Opener => {
  const keyIsGone = async (id: KeyId): Promise<boolean> => {
    keys.evict(id); // a key that was deleted elsewhere may be cached still
    return (await keys.get([id])).get(id) === null;
  };

  const bytesOf = async (sealing: Sealing): Promise<Uint8Array | null> => {
    const bytes = await files.get(sealing.ref ?? '');
    if (bytes) return bytes;
    if (await keyIsGone(sealing.key)) return null;
    throw corrupt(sealing.where, `file ${sealing.ref} is missing`);
  };

  const open = async (values: readonly SealedAt[]): Promise<readonly unknown[]> => {
    const sealings = values.map(sealingOf);
    const all = sealings.filter((sealing) => sealing !== null);
    const ids = [...new Set(all.map(({ key }) => key))];
    const found = ids.length ? await keys.get(ids) : new Map<KeyId, DataKey | null>();
    const inFiles = all.filter(({ ref, key }) => ref !== undefined && found.get(key));
    const fetched = new Map(
      await eachOf(inFiles, async (sealing) => [sealing, await bytesOf(sealing)] as const),
    );
    // Synchronous from here on, so that a page of a thousand events costs no promise each.
    return sealings.map((sealing, index) => {
      if (!sealing) return values[index]?.value;
      const key = found.get(sealing.key);
      const bytes = sealing.ref === undefined ? inlineBytes(sealing) : fetched.get(sealing);
      return key && bytes ? decrypt(sealing, key, bytes) : erased(sealing.key);
    });
  };

  const fetchClaim = async ({ ref, sha256 }: FileRef): Promise<unknown> => {
    const bytes = await files.get(ref);
    if (!bytes) throw corrupt(`claim ${ref}`, 'the file is missing');
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw corrupt(`claim ${ref}`, 'the file has other bytes');
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  };

  return {
    open,
    fetch: (values) =>
      eachOf(values, async (value) => {
        const claim = readClaim(value, 'claim');
        return claim ? fetchClaim(claim) : value;
      }),
  };
};
