import { join } from 'node:path';

import type { EventStore } from '@studio/contracts';
import {
  createSignedHeads,
  headSigningKey,
  type MasterKey,
  replaceFile,
  startHeadWatch,
  systemClock as clock,
} from '@studio/infra';

import type { Context } from './context.ts';
import { plays } from './roles.ts';

/** Signs how far the log reaches, every minute and at stop, and leaves the public key for those who check. */
export const startHeadSigning = async (
  { role, folder, releases, trouble }: Context,
  store: EventStore,
  masterKey: MasterKey,
): Promise<void> => {
  if (!plays(role, 'projectors')) return; // the part that follows all of the log anyway
  const key = headSigningKey(masterKey);
  const pem = key.publicKey.export({ format: 'pem', type: 'spki' });
  await replaceFile(join(folder.keys, 'heads.pem'), pem);
  const heads = createSignedHeads(folder.heads);
  const onTrouble = trouble('signing the head of the log');
  const watch = startHeadWatch({ store, heads, key, clock, onTrouble });
  releases.add('signed head', () => watch.stop());
};
