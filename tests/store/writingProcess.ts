import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process that appends without pause, and what the log acknowledged to it. */
export interface WritingProcess {
  readonly pid: number;
  /** Event id → position. */
  readonly acknowledged: ReadonlyMap<string, bigint>;
  /** Lets it finish what is under way; rejects when it failed. */
  stop(): Promise<void>;
}

const finished = async (child: ChildProcess): Promise<void> => {
  const [code] = (await once(child, 'exit')) as [number | null]; // node's signature of 'exit'
  if (code !== 0) throw new Error(`a writing process ended with ${code}`);
};

export const startWriter = (address: string, loops = 8): WritingProcess => {
  const args = [join(import.meta.dirname, 'writer.ts'), address, String(loops)];
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const acknowledged = new Map<string, bigint>();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [eventId = '', position = ''] = line.split(' ');
    acknowledged.set(eventId, BigInt(position));
  });
  const ended = Promise.all([finished(child), once(lines, 'close')]);
  ended.catch(() => undefined); // told by stop()
  return {
    pid: child.pid ?? 0,
    acknowledged,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
};
