import { setTimeout as sleep } from 'node:timers/promises';

import { type Clock, type EventStore, StudioError } from '@studio/contracts';

import type { SigningKey } from '../keys/signingKey.ts';
import { createLogDigest, type LogDigest, logStart } from './logDigest.ts';
import { type LogHead, readSignedHead, signHead } from './signedHead.ts';
import type { SignedHeads } from './signedHeads.ts';

export interface HeadWatchParts {
  readonly store: EventStore;
  readonly heads: SignedHeads;
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly everyMs?: number;
  /** Told of what was survived; `log.corrupt` when the log is no longer what was signed. */
  readonly onTrouble: (error: unknown) => void;
}

export interface HeadWatch {
  /** Signs what the log holds now, and ends. */
  stop(): Promise<void>;
}

const aMinuteMs = 60_000;
const levelWithinMs = 2_000;

const noLongerSigned = (head: LogHead | null): StudioError =>
  new StudioError(
    'unavailable',
    'log.corrupt',
    head
      ? `the log is no longer what was signed up to position ${head.position}: run verify`
      : 'the signed head does not carry our signature: run verify',
  );

/** Follows the log from the last signed head on, and signs how far it reaches. A head that no longer fits is never replaced. */
export const startHeadWatch = (parts: HeadWatchParts): HeadWatch => {
  const { store, heads, key, clock, onTrouble } = parts;
  const { storeId } = store;
  const ending = new AbortController();
  let digest: LogDigest | null = null;
  let signedTo = 0n;

  const lastSigned = async (): Promise<LogHead | null> => {
    const file = await heads.read(storeId);
    const head = file === null ? null : readSignedHead(file, key.publicKey);
    if (file !== null && !head) throw noLongerSigned(null);
    return head;
  };

  const signOnce = async (current: LogDigest): Promise<void> => {
    const known = await lastSigned();
    if (known && known.position >= current.position()) return; // another process was quicker
    const head: LogHead = {
      ...{ storeId, position: current.position(), events: current.events() },
      ...{ digest: current.digest(), block: current.block(), signedAt: clock() },
    };
    await heads.write(storeId, signHead(head, key));
    signedTo = head.position;
  };

  const sign = async (): Promise<void> => {
    if (digest && digest.position() > signedTo) await signOnce(digest).catch(onTrouble);
  };

  /** The digest at a signed head, from the block before it on. */
  const resumedAt = async (signed: LogHead): Promise<LogDigest> => {
    const resuming = createLogDigest(signed.block);
    const end = await store.lastPosition();
    for (let left = signed.events; end >= signed.position && left > 0;) {
      left = signed.events - resuming.events();
      if (left > 0)
        resuming.add((await store.readAll({ after: resuming.position(), limit: left })).events);
    }
    if (resuming.digest() !== signed.digest) throw noLongerSigned(signed);
    signedTo = signed.position;
    return resuming;
  };

  const follow = async (): Promise<void> => {
    const signed = await lastSigned();
    const following = signed ? await resumedAt(signed) : createLogDigest(logStart(storeId));
    digest = following;
    const range = { after: following.position(), signal: ending.signal };
    for await (const { events } of store.subscribe(range)) following.add(events);
  };

  let ended = false;
  const following = follow()
    .catch(onTrouble)
    .finally(() => (ended = true));
  const timer = setInterval(() => void sign(), parts.everyMs ?? aMinuteMs);
  timer.unref();

  const level = async (): Promise<void> => {
    const end = await store.lastPosition();
    const until = performance.now() + levelWithinMs;
    const behind = (): boolean => digest === null || digest.position() < end;
    while (!ended && behind() && performance.now() < until) await sleep(5);
  };

  return {
    stop: async () => {
      clearInterval(timer);
      await level().catch(onTrouble);
      ending.abort();
      await following;
      await sign();
    },
  };
};
