import type { ExecutionView, Page } from '@studio/contracts';

import { follow, type LiveMessage, type LiveState } from './live.ts';
import { patiently } from './request.ts';
import { createRunList, type Run, type Told } from './runList.ts';
import type { ViewParts } from './view.ts';

const pageSize = 50;

export interface RunsParts extends Pick<ViewParts, 'session' | 'api' | 'signal' | 'fail'> {
  readonly onChange: (runs: readonly Run[], total: number) => void;
  readonly onState: (state: LiveState) => void;
}

export interface Runs {
  /** Begins anew with the runs of one status; '' for all. */
  choose(status: string): void;
  more(): void;
}

interface FactMessage extends LiveMessage {
  readonly event: Told['fact'];
  readonly execution_id: string;
  readonly position: string;
}
const isFact = (message: LiveMessage): message is FactMessage => message.type === 'fact';

interface Found {
  readonly runs: readonly Run[];
  readonly total: number;
}

/** The newest runs: read once, then kept level by what the room of the workspace tells. */
export const openRuns = (parts: RunsParts): Runs => {
  const { session, api, signal, fail, onChange, onState } = parts;
  const list = createRunList();
  let status = '';
  let wanted = pageSize;
  /** The log's position that the next reading must know of; '' when any will do. */
  let after = '';
  /** A newer reading makes an older one's answer worthless. */
  let reading = 0;
  /** Told while a reading was under way: its answer may be older. Null when there is none. */
  let meanwhile: Told[] | null = null;

  const page = (offset: number): Promise<Page<ExecutionView> | null> => {
    const query = { limit: String(pageSize), offset: String(offset) };
    const search = new URLSearchParams(status === '' ? query : { ...query, status });
    const path = `/executions?${search.toString()}`;
    const headers: Record<string, string> = after === '' ? {} : { 'Studio-Min-Position': after };
    return patiently(
      () => session.get<Page<ExecutionView>>(path, headers),
      signal,
      () => onState('connecting'),
    );
  };

  const pages = async (isStillWanted: () => boolean): Promise<Found | null> => {
    const found = new Map<string, Run>();
    for (let offset = 0; ; offset += pageSize) {
      const answer = await page(offset);
      if (!answer || !isStillWanted()) return null;
      for (const run of answer.items) found.set(run.id, run);
      const isLast = answer.items.length < pageSize || offset + pageSize >= wanted;
      if (isLast) return { runs: [...found.values()], total: answer.total };
    }
  };

  const read = async (): Promise<void> => {
    const mine = (reading += 1);
    meanwhile = [];
    const found = await pages(() => mine === reading);
    if (!found) return;
    list.read(found.runs, found.total, status);
    for (const told of meanwhile) list.tell(told);
    meanwhile = null;
    onChange(list.runs(), list.total());
  };
  const begin = (): void => {
    read().catch(fail);
  };

  let updates: LiveMessage[] = [];
  const onMessage = (message: LiveMessage): void => {
    // Joined, perhaps anew: what happened before is not told.
    if (message.event === 'subscribed' && message.room_id === room) begin();
    if (message.type === 'execution_update') updates.push(message);
    if (!isFact(message)) return;
    const told = { fact: message.event, executionId: message.execution_id, updates };
    updates = [];
    after = message.position;
    if (meanwhile) meanwhile.push(told);
    else {
      list.tell(told);
      onChange(list.runs(), list.total());
    }
  };

  const room = `workspace:${session.person()?.workspaceId ?? ''}`;
  void follow(session, api, {
    ...{ signal, onMessage, onState },
    path: () => '/ws',
    greeting: { type: 'subscribe', room_id: room },
  });

  return {
    choose: (next) => {
      [status, wanted] = [next, pageSize];
      begin();
    },
    more: () => {
      wanted += pageSize;
      begin();
    },
  };
};
