import { patiently } from './request.ts';
import type { ViewParts } from './view.ts';

/** `next` is where to go on; null at the end. */
export interface CursorPage<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export interface CursorPagesParts<Item> extends Pick<ViewParts, 'signal' | 'fail' | 'liveState'> {
  /** `after` null: the first page. */
  readonly read: (after: string | null) => Promise<CursorPage<Item>>;
  readonly onPage: (items: readonly Item[], at: { isFirst: boolean; isLast: boolean }) => void;
}

export interface CursorPages {
  /** Reads the first page anew. */
  begin(): void;
  more(): void;
}

/** A list that is read page by page; it stands still meanwhile. */
export const createCursorPages = <Item>(parts: CursorPagesParts<Item>): CursorPages => {
  const { signal, liveState, read, onPage } = parts;
  let next: string | null = null;
  /** A newer reading makes an older one's answer worthless. */
  let reading = 0;

  const step = async (after: string | null): Promise<void> => {
    const mine = (reading += 1);
    const answer = await patiently(
      () => read(after),
      signal,
      () => liveState('connecting'),
    );
    if (!answer || mine !== reading) return;
    liveState('still');
    ({ next } = answer);
    onPage(answer.items, { isFirst: after === null, isLast: next === null });
  };

  return {
    begin: () => {
      step(null).catch(parts.fail);
    },
    more: () => {
      if (next !== null) step(next).catch(parts.fail);
    },
  };
};
