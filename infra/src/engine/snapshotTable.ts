import { randomBytes } from 'node:crypto';

import {
  type KeyId,
  type KeyRing,
  parseStream,
  type Snapshot,
  type SnapshotPlace,
  type Snapshots,
} from '@studio/contracts';
import type { Pool } from 'pg';

import { ivBytes, openText, type SealedPlace, sealText } from '../eventlog/sealing.ts';

interface Row {
  readonly revision: string;
  readonly hash: string;
  readonly key_id: KeyId;
  readonly sealed: Buffer;
}

/** A snapshot opens as the one that it was written as and no other. */
const placeOf = ({ stream, revision, hash, stateVersion }: SnapshotPlace): SealedPlace => ({
  ...{ stream, eventId: `${revision} ${hash}`, pointer: `snapshot ${stateVersion}` },
});

const writeSnapshot = `
  insert into engine.snapshots (stream, revision, hash, state_version, key_id, sealed)
  select $1, $2, $3, $4, $5, $6 from engine.runs where execution_id = $7
  on conflict (stream) do update
    set (revision, hash, state_version, key_id, sealed) =
        (excluded.revision, excluded.hash, excluded.state_version, excluded.key_id, excluded.sealed)`;

/** Snapshots in Postgres, in a schema that may be dropped. */
export const createSnapshotTable = (pool: Pool, keys: Pick<KeyRing, 'get'>): Snapshots => {
  const keyOf = async (id: KeyId) => (await keys.get([id])).get(id) ?? null;

  const open = async (
    { key_id, sealed, revision, hash }: Row,
    place: Pick<SnapshotPlace, 'stream' | 'stateVersion'>,
  ): Promise<Snapshot | null> => {
    const key = await keyOf(key_id);
    if (!key) return null;
    const whole = { ...place, revision: Number(revision), hash };
    const iv = sealed.subarray(0, ivBytes);
    try {
      return { ...whole, state: openText(sealed.subarray(ivBytes), placeOf(whole), { key, iv }) };
    } catch {
      return null; // other bytes than were written: the log has the truth
    }
  };

  return {
    read: async (stream, stateVersion) => {
      const { rows } = await pool.query<Row>(
        `select revision, hash, key_id, sealed from engine.snapshots
          where stream = $1 and state_version = $2`,
        [stream, stateVersion],
      );
      return rows[0] ? open(rows[0], { stream, stateVersion }) : null;
    },
    write: async (snapshot, keyId) => {
      const key = await keyOf(keyId);
      if (!key) return;
      const { stream, revision, hash, stateVersion, state } = snapshot;
      const iv = randomBytes(ivBytes);
      const sealed = Buffer.concat([iv, sealText(state, placeOf(snapshot), { key, iv })]);
      const run = parseStream(stream)?.id;
      await pool.query(writeSnapshot, [stream, revision, hash, stateVersion, keyId, sealed, run]);
    },
  };
};
