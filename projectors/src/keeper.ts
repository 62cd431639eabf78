import { setTimeout as sleep } from 'node:timers/promises';

import {
  activeGeneration,
  createGeneration,
  dropGeneration,
  type Generation,
  knownGenerations,
  switchGeneration,
} from '@studio/infra';

import { ensureTables } from './firstTables.ts';
import { type Follower, type FollowerParts, startFollower } from './follower.ts';

export type KeeperParts = Omit<FollowerParts, 'generation'>;

/** Keeps one projection: follows its generation, fills newer ones beside it and lets the views switch. */
export interface Keeper {
  readonly name: string;
  /** The follower of the generation that queries see; null while a newer version than ours is active. */
  readonly active: () => Follower | null;
  /** Fills fresh tables from the log, then switches. Reads go on meanwhile. */
  rebuild(): Promise<void>;
  stop(): Promise<void>;
}

const lookMs = 1_000;

const rebuildingOf = (version: number, name: string): number => {
  const match = /^v(\d+)(?:b(\d+))?$/.exec(name);
  return match && Number(match[1]) === version ? Number(match[2] ?? 0) : -1;
};

export const startKeeper = async (parts: KeeperParts): Promise<Keeper> => {
  const { pool, log, projection, onTrouble } = parts;
  const { name, version, tables } = projection;
  const stopping = new AbortController();
  let active: Follower | null = null;
  let filling: Promise<void> | null = null;

  const generationOf = (rebuilding: number): Generation => ({
    projection: name,
    version,
    name: rebuilding === 0 ? `v${version}` : `v${version}b${rebuilding}`,
  });

  const begin = async (generation: Generation): Promise<Follower> => {
    await createGeneration(pool, generation, tables);
    return startFollower({ ...parts, generation });
  };

  /** Waits until a follower has seen everything that the log held a moment ago. */
  const level = async (follower: Follower): Promise<boolean> => {
    while (!stopping.signal.aborted) {
      const end = await log.lastPosition();
      if (follower.position() >= end) return true;
      if ((await follower.waitFor(end, lookMs)) && follower.position() >= end) return true;
    }
    return false;
  };

  const fill = async (next: Generation, from: Generation | null): Promise<void> => {
    const follower = await begin(next);
    const switched = (await level(follower)) && (await switchGeneration(pool, from, next, tables));
    if (!switched) return follower.stop(); // stopped, or another process has switched
    const before = active;
    active = follower;
    await before?.stop();
    for (const name of await knownGenerations(pool, projection.name))
      if (name !== next.name) await dropGeneration(pool, { ...next, name }, tables);
  };

  const fillAlone = (next: Generation, from: Generation | null): Promise<void> => {
    filling ??= fill(next, from).finally(() => (filling = null));
    return filling;
  };

  const retire = async (): Promise<void> => {
    const before = active;
    active = null;
    await before?.stop();
  };

  /** Takes up what the database says is active. Every second, since another process may have switched. */
  const takeUp = async (): Promise<void> => {
    const current = await activeGeneration(pool, name);
    if (filling || (current && current.name === active?.generation.name)) return;
    if (!current || current.version < version) {
      // The old tables are read until the new ones are level.
      void fillAlone(generationOf(0), current).catch(onTrouble);
      return;
    }
    await retire();
    // With a newer version active, a newer studio is at work: we stand aside.
    if (current.version === version) active = await begin(current);
  };

  const rebuild = async (): Promise<void> => {
    const current = await activeGeneration(pool, name);
    const used = (await knownGenerations(pool, name)).map((known) => rebuildingOf(version, known));
    await fillAlone(generationOf(Math.max(0, ...used) + 1), current);
  };

  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const due = await sleep(lookMs, true, { signal: stopping.signal }).catch(() => false);
      if (due) await takeUp().catch(onTrouble);
    }
  };

  await ensureTables(pool, [projection]);
  await takeUp();
  const watching = watch();

  return {
    name,
    active: () => active,
    rebuild,
    stop: async () => {
      stopping.abort();
      await watching;
      await filling;
      await active?.stop();
    },
  };
};
