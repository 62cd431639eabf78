import type { PreparedAppend } from '../eventstore/preparedAppend.ts';

/** Appends that ended without anyone knowing how, by their first event: whoever tries again may find them done. */
export interface DoubtfulAppends {
  add(append: PreparedAppend): void;
  has(append: PreparedAppend): boolean;
}

const most = 10_000;

const keyOf = ({ events }: PreparedAppend): string => events[0]?.event.eventId ?? '';

export const createDoubtfulAppends = (): DoubtfulAppends => {
  const keys = new Set<string>();
  return {
    add: (append) => {
      keys.add(keyOf(append));
      if (keys.size <= most) return;
      const [oldest = ''] = keys;
      keys.delete(oldest);
    },
    has: (append) => keys.has(keyOf(append)),
  };
};
