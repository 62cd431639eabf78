import type { Given } from './given.ts';
import type { LogRow } from './logRows.ts';

/** Which rows `--stream` and `--type` leave. */
export const rowFilter = (given: Given): ((row: LogRow) => boolean) => {
  const [stream, type] = [given.text('stream'), given.text('type')];
  return (row) =>
    (stream === undefined || row.stream === stream) && (type === undefined || row.type === type);
};
