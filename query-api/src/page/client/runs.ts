import type { ExecutionView, Page } from '@studio/contracts';

import { follow, type LiveMessage, type LiveState } from './live.ts';
import { patiently } from './request.ts';
import type { ViewParts } from './view.ts';

const pageSize = 50;
/** New runs are read together: a busy studio starts many a second. */
const gatherMs = 400;

export interface RunsParts extends Pick<ViewParts, 'session' | 'api' | 'signal' | 'fail'> {
  readonly onChange: (runs: readonly ExecutionView[], total: number) => void;
  readonly onUpdate: (run: ExecutionView) => void;
  readonly onState: (state: LiveState) => void;
}

export interface Runs {
  /** Begins anew with the runs of one status; '' for all. */
  choose(status: string): void;
  more(): void;
}

interface RunUpdate {
  readonly execution_id: string;
  readonly status: ExecutionView['status'];
  readonly completed_nodes: number;
  readonly total_nodes: number;
}

const updateOf = ({ type, data }: LiveMessage): RunUpdate | null =>
  type === 'execution_update' ? (data as RunUpdate) : null; // told by its type

const isStart = ({ type, event }: LiveMessage): boolean =>
  type === 'fact' && (event as { type?: unknown } | undefined)?.type === 'WorkflowStarted';

const isOver = (status: string): boolean => status !== 'running' && status !== 'pending';

/** The newest runs, kept level by the room of the workspace: read again for a new one, changed in place for the rest. */
export const openRuns = ({
  session,
  api,
  signal,
  fail,
  onChange,
  onUpdate,
  onState,
}: RunsParts): Runs => {
  let status = '';
  let wanted = pageSize;
  let runs: ExecutionView[] = [];
  /** The log's position that the next reading must know of; '' when any will do. */
  let after = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A newer reading makes an older one's answer worthless. */
  let reading = 0;

  const page = (offset: number): Promise<Page<ExecutionView> | null> =>
    patiently(
      () =>
        session.get<Page<ExecutionView>>(
          `/executions?${new URLSearchParams({
            ...{ limit: String(pageSize), offset: String(offset) },
            ...(status === '' ? {} : { status }),
          }).toString()}`,
          after === '' ? {} : { 'Studio-Min-Position': after },
        ),
      signal,
      () => onState('connecting'),
    );

  const read = async (): Promise<void> => {
    const mine = (reading += 1);
    const found = new Map<string, ExecutionView>();
    let total = 0;
    for (let offset = 0; offset < wanted; offset += pageSize) {
      const answer = await page(offset);
      if (!answer || mine !== reading) return;
      for (const run of answer.items) found.set(run.id, run);
      total = answer.total;
      if (answer.items.length < pageSize) break;
    }
    runs = [...found.values()];
    onChange(runs, total);
  };

  const readSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      read().catch(fail);
    }, gatherMs);
  };

  const update = (change: RunUpdate): void => {
    const index = runs.findIndex(({ id }) => id === change.execution_id);
    const run = runs[index];
    // One that is not among them may belong there now; the end of a run brings its duration.
    if (!run || isOver(change.status) || status !== '') readSoon();
    if (!run) return;
    const { completed_nodes, total_nodes } = change;
    const next = { ...run, status: change.status, completed_nodes, total_nodes };
    runs[index] = next;
    onUpdate(next);
  };

  const onMessage = (message: LiveMessage): void => {
    const change = updateOf(message);
    if (message.position !== undefined) after = message.position;
    if (change) update(change);
    // Joined anew: what happened before is not told again.
    if (isStart(message) || message.event === 'subscribed') readSoon();
  };

  const room = `workspace:${session.person()?.workspaceId ?? ''}`;
  void follow(session, api, {
    ...{ signal, onMessage, onState },
    path: () => '/ws',
    greeting: { type: 'subscribe', room_id: room },
  });
  signal.addEventListener('abort', () => clearTimeout(timer));

  const begin = (): void => {
    read().catch(fail);
  };
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
