import type { StoredEvent } from '@studio/contracts';

import type { Given } from './given.ts';

/** Which rows `--stream` and `--type` leave. */
export const rowFilter = (given: Given): ((row: StoredEvent) => boolean) => {
  const [stream, type] = [given.text('stream'), given.text('type')];
  return (row) =>
    (stream === undefined || row.stream === stream) && (type === undefined || row.type === type);
};
