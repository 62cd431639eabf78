import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { TokenPair } from '@studio/contracts';

import type { Shell } from './shell.ts';

/** A signed-in person at one studio. */
export interface Session {
  readonly email: string | null;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token ends, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The sessions on disk, one for each origin, closed to other users. */
export interface Sessions {
  read(): Session | undefined;
  write(session: Session): void;
  /** Lets one process at a time in: two that refreshed with one token would end the session. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

const waitMs = 15_000;

export const sessionOf = (answer: unknown): Session => {
  const pair = TokenPair.parse(answer);
  return {
    email: pair.user.email,
    accessToken: pair.access_token,
    refreshToken: pair.refresh_token,
    expiresAt: Date.now() + pair.expires_in * 1_000,
  };
};

const folderOf = (env: Shell['env']): string => {
  const base = env['XDG_CONFIG_HOME'];
  return join(base ? base : join(env['HOME'] ?? homedir(), '.config'), 'agent-studio');
};

export const createSessions = ({ env, origin }: Pick<Shell, 'env' | 'origin'>): Sessions => {
  const folder = folderOf(env);
  const file = join(folder, 'sessions.json');

  const all = (): Record<string, Session> => {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Session>; // we alone write it
    } catch {
      return {}; // none yet, or damaged: signing in again mends it
    }
  };

  const prepare = (): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  };

  return {
    read: () => all()[origin],
    write: (session) => {
      prepare();
      const draft = `${file}.${process.pid}`;
      const text = JSON.stringify({ ...all(), [origin]: session }, null, 2);
      writeFileSync(draft, `${text}\n`, { mode: 0o600 });
      renameSync(draft, file);
    },
    alone: async (work) => {
      prepare();
      // A lock of the kernel: it ends with the process, however that ends.
      const lock = new DatabaseSync(join(folder, '.lock'), { timeout: waitMs });
      try {
        lock.exec('pragma journal_mode = memory; begin exclusive');
        return await work();
      } finally {
        lock.close();
      }
    },
  };
};
