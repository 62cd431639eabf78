import {
  erased,
  type ExecutionId,
  executionStream,
  isErased,
  type Sealed,
} from '@studio/contracts';
import type { Opener, SealedAt, SealedText } from '@studio/infra';

/** A sealed column, opened; null when it is empty or its key is gone. */
export type Opened = (column: string | null) => unknown;

const sealedAtOf = (executionId: string, column: string): SealedAt => {
  const { e, p, v } = JSON.parse(column) as SealedText; // the projection wrote it
  const stream = executionStream(executionId as ExecutionId); // the id of a row of ours
  return { stream, eventId: e, pointer: p, value: v };
};

/** What is answered for a key that is gone. A payload may look the same, but cannot name the key that seals it. */
const isGone = ({ value: sealed }: SealedAt, value: unknown): boolean => {
  if (!isErased(value)) return false;
  const { key } = (sealed as Sealed).$sealed; // or it would not open to that
  return JSON.stringify(value) === JSON.stringify(erased(key));
};

const nothing: Opened = () => null;

/** Opens the columns of many rows at once: one look-up of keys for all. */
export const openColumns = async (
  opener: Opener,
  columns: readonly (readonly [executionId: string, column: string | null])[],
): Promise<Opened> => {
  const sealed = columns.flatMap(([id, column]) =>
    column === null ? [] : [{ column, at: sealedAtOf(id, column) }],
  );
  if (sealed.length === 0) return nothing;
  const values = await opener.open(sealed.map(({ at }) => at));
  // A sealed text is unique: its nonce never comes twice.
  const opened = new Map(
    sealed.map(({ column, at }, index) => [
      column,
      isGone(at, values[index]) ? null : values[index],
    ]),
  );
  return (column) => (column === null ? null : (opened.get(column) ?? null));
};
