import type { StoredEvent } from '@studio/contracts';

/** The JSON value of a text; the text itself where it is none: the log is shown as it lies there. */
const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

export const rowValue = ({ data, metadata, position, ...row }: StoredEvent): object => ({
  ...row,
  position: position.toString(),
  data: valueOf(data),
  metadata: valueOf(metadata),
});

const instantIn = (metadata: string): string => {
  const { occurredAt } = (valueOf(metadata) ?? {}) as { occurredAt?: unknown }; // looked at below
  return typeof occurredAt === 'string' ? occurredAt : '-'.padEnd(24);
};

/** One line about an event of the log. */
export const rowLine = ({ position, metadata, type, stream, revision }: StoredEvent): string =>
  `${position.toString().padStart(8)}  ${instantIn(metadata)}  ${type.padEnd(18)}  ${stream} ${revision}`;
