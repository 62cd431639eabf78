import type { FactsView } from '@studio/contracts';

import type { Fact } from './facts.ts';
import { follow, type LiveMessage, type LiveState } from './live.ts';
import { patiently } from './request.ts';
import type { ViewParts } from './view.ts';

const pageSize = 500;

export interface HistoryParts extends Pick<ViewParts, 'session' | 'api' | 'signal'> {
  readonly id: string;
  /** More facts, in order, none twice. */
  readonly onFacts: (facts: readonly Fact[]) => void;
  readonly onState: (state: LiveState) => void;
}

interface FactMessage extends LiveMessage {
  readonly event: Fact;
}
const isFact = (message: LiveMessage): message is FactMessage => message.type === 'fact';

/** Reads all facts of a run, then follows: each connection asks for what came after the last fact that we hold. */
export const readHistory = async (parts: HistoryParts): Promise<void> => {
  const { session, api, signal, id, onFacts, onState } = parts;
  const path = encodeURIComponent(id);
  let count = 0;
  let position = '';

  const take = (facts: readonly Fact[]): void => {
    const fresh = facts.filter(({ revision }) => revision >= count);
    const last = fresh.at(-1);
    if (!last) return;
    count = last.revision + 1;
    position = last.position;
    onFacts(fresh);
  };

  const page = (): Promise<FactsView | null> =>
    patiently(
      () => session.get<FactsView>(`/executions/${path}/events?from=${count}&limit=${pageSize}`),
      signal,
      () => onState('connecting'),
    );

  for (let read = await page(); read; read = await page()) {
    take(read.items);
    if (count >= read.total || read.items.length === 0) break;
  }
  if (signal.aborted) return;
  await follow(session, api, {
    ...{ signal, onState },
    path: () => `/ws/executions/${path}?after=${encodeURIComponent(position)}`,
    onMessage: (message) => {
      if (isFact(message)) take([message.event]);
    },
  });
};
