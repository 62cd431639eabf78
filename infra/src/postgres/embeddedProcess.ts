import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Linux: there we can tell what a process id stands for. */
export const hasProc = existsSync('/proc/self/stat');

/** What `postmaster.pid` says. */
export interface Postmaster {
  readonly pid: number;
  readonly ready: boolean;
}

export const readPostmaster = (data: string): Postmaster | undefined => {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Math.abs(Number(lines[0]));
  return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
};

/** Gone, or a zombie that its parent (in a container perhaps a careless process 1) does not fetch. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false; // kill throws nothing else
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return !hasProc; // then only the signal can tell
  }
};

/** Every process of a server works in its data folder; that tells it from one that merely got the same id. */
export const worksIn = (pid: number, data: string): boolean => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return !hasProc && isAlive(pid);
  }
};

/** The processes of a server, its orphans included. */
export const processesOf = (data: string): number[] =>
  hasProc && existsSync(data)
    ? readdirSync('/proc')
        .map(Number)
        .filter((pid) => pid > 0 && pid !== process.pid && worksIn(pid, data))
    : [];

export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
};

/** True once the condition holds; false when it does not within the time. */
export const waitUntil = async (holds: () => boolean, timeoutMs: number): Promise<boolean> => {
  const deadline = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > deadline) return false;
    await sleep(15);
  }
  return true;
};
