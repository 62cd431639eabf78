import type { RecordedEvent } from '@studio/contracts';
import { sealedAt, type SealedText } from '@studio/infra';

/** A sealed field as a read model keeps it: as it lies in the log, beside what it is bound to. */
export const sealedColumn = (event: RecordedEvent, ...path: readonly string[]): string => {
  const { eventId, pointer, value } = sealedAt(event, path);
  const kept: SealedText = { e: eventId, p: pointer, v: value };
  return JSON.stringify(kept);
};
