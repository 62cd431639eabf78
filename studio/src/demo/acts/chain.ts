import type { StoredEvent } from '@studio/contracts';
import { createChainCheck } from '@studio/infra';

import { logRows } from '../../cli/logRows.ts';
import { withLog } from '../../cli/logStore.ts';
import type { Tour } from './tour.ts';

/** The same row with one letter of its data changed. */
const forged = (row: StoredEvent): StoredEvent => {
  const at = Math.floor(row.data.length / 2);
  const other = row.data[at] === 'a' ? 'b' : 'a';
  return { ...row, data: row.data.slice(0, at) + other + row.data.slice(at + 1) };
};

const firstBad = (rows: readonly StoredEvent[]): bigint | null => {
  const chain = createChainCheck(true);
  return rows.find((row) => chain.next(row) !== null)?.position ?? null;
};

/** Every chain hash of the log computed again, and once more over a copy that someone has tampered with. */
export const verifyChain = async ({ stage, visitor, studio }: Tour): Promise<void> => {
  stage.act('Is the log what was written?');
  // Empty, so that no .env file brings in another database or log.
  const env = {
    DATA_DIR: studio.dataDir,
    DATABASE_URL: '',
    EVENTSTOREDB_URL: '',
    EMBEDDED_HOME: '',
  };
  const rows = await withLog({ ...visitor.shell, env }, async ({ store }) =>
    Array.fromAsync(logRows(store, { after: 0n, until: await store.lastPosition() })),
  );
  const streams = new Set(rows.map(({ stream }) => stream)).size;
  stage.claim(firstBad(rows) === null, `${rows.length} events of ${streams} streams verify`);
  const victim = rows.findLast(({ type }) => type === 'NodeCompleted');
  const copy = rows.map((row) => (row === victim ? forged(row) : row));
  stage.claim(
    victim !== undefined && firstBad(copy) === victim.position,
    `With one letter changed in a copy of event ${victim?.position ?? ''}, the check names that event`,
  );
};
