import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { OwnPostgres } from '../fixtures/postgres.ts';
import { createStudio, type StudioProcess } from '../fixtures/studio.ts';

const cli = fileURLToPath(new URL('../../studio/src/cli/main.ts', import.meta.url));
const skewedClock = new URL('skewedClock.ts', import.meta.url).href;
const anHourMs = 3_600_000;
/** Longer than a lease, by whoever's clock: a shard is free after 5 s. */
const frozenForMs = 6_500;

/** Three executors on one Postgres; the first of them has the doors too, where people write and read. */
export interface Crew {
  readonly desk: StudioProcess;
  readonly environment: Readonly<Record<string, string>>;
  /** One dies, another one stands still for longer than its lease, at times their Postgres dies as well; all come back. */
  disturb(alsoPostgres: boolean): Promise<void>;
  /** What those said who ended without having been killed. */
  readonly fallen: () => readonly string[];
  stop(): Promise<void>;
}

/** What `below` draws decides who suffers what, when, and by how much their wall clocks are wrong. */
export const startCrew = async (
  postgres: OwnPostgres,
  below: (n: number) => number,
): Promise<Crew> => {
  const secret = { SECRET_KEY: randomBytes(32).toString('hex') };
  const environment = { DATABASE_URL: postgres.url, ...secret };
  const preload = { NODE_OPTIONS: `--import=${skewedClock}` };
  const member = (role: string, more: Record<string, string> = {}): Promise<StudioProcess> =>
    createStudio({
      env: { ...environment, ...preload, ...more },
      ...{ entry: cli, args: ['serve', '--role', role], embedded: true },
    });
  const desk = await member('all', { CLOCK_SKEW_MS: String(25 * 60_000) }); // it judges sessions by the one clock
  const members = [desk, await member('executor'), await member('executor')];
  const killed = new Set<StudioProcess>();
  const fallen: string[] = [];
  const begin = async (who: StudioProcess): Promise<void> => {
    const skew = String(below(2 * anHourMs) - anHourMs); // another one each time
    await who.start(who === desk ? {} : { CLOCK_SKEW_MS: skew });
    killed.delete(who);
    void who.exited().then(() => {
      if (!killed.has(who)) fallen.push(who.output());
    });
  };
  for (const who of members) await begin(who);

  const die = async (who: StudioProcess, meanwhile: () => Promise<void>): Promise<void> => {
    killed.add(who);
    await who.kill();
    await meanwhile();
    await begin(who);
  };
  const standStill = async (who: StudioProcess): Promise<void> => {
    process.kill(who.pid(), 'SIGSTOP');
    await sleep(frozenForMs + below(2_000)).finally(() => process.kill(who.pid(), 'SIGCONT'));
  };
  const postgresDies = async (): Promise<void> => {
    await postgres.kill();
    await sleep(below(500));
    await postgres.start();
  };

  return {
    ...{ desk, environment },
    disturb: async (alsoPostgres) => {
      const first = below(members.length);
      const second = (first + 1 + below(members.length - 1)) % members.length;
      const [dying, still] = [members[first], members[second]];
      if (!dying || !still) throw new Error('nobody is there');
      const standing = standStill(still);
      await sleep(below(1_500));
      await Promise.all([
        standing,
        die(dying, () => (alsoPostgres ? postgresDies() : sleep(below(1_000)))),
      ]);
    },
    fallen: () => fallen,
    stop: async () => {
      for (const who of members) killed.add(who);
      for (const who of members.toReversed()) await who.remove();
    },
  };
};
