import {
  type ExecutionId,
  executionStream,
  isErased,
  isErasedUnder,
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

/** What is answered for a key that is gone. */
const isGone = ({ value: sealed }: SealedAt, value: unknown): boolean =>
  isErased(value) && isErasedUnder((sealed as Sealed).$sealed.key, value); // sealed, or it would not open to that

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
