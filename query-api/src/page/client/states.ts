import { el } from './elements.ts';

/** Each state of a run, of a node, of a subscriber and of an executor: what it is called, and the tone that it is painted in. */
const states: Readonly<Record<string, readonly [label: string, tone: string]>> = {
  pending: ['pending', 'quiet'],
  running: ['running', 'active'],
  paused: ['paused', 'wait'],
  waiting: ['waiting', 'wait'],
  fired: ['wait is over', 'active'],
  retrying: ['waits to retry', 'wait'],
  due: ['retry is due', 'wait'],
  reopened: ['to begin again', 'wait'],
  completed: ['completed', 'good'],
  failed: ['failed', 'bad'],
  cancelled: ['cancelled', 'off'],
  skipped: ['skipped', 'off'],
  awaiting_approval: ['awaits approval', 'wait'],
  awaiting_signal: ['awaits a signal', 'wait'],
  awaiting_child: ['awaits its execution', 'wait'],
  in_doubt: ['in doubt', 'doubt'],
  held: ['waits for a person', 'doubt'],
  level: ['level', 'good'],
  behind: ['behind', 'wait'],
  beating: ['beating', 'good'],
  silent: ['silent', 'bad'],
  stopped: ['stopped', 'bad'],
};

/** True for a run that has not ended. */
export const isOpen = (status: string): boolean =>
  status === 'pending' || status === 'running' || status === 'paused';

export const labelOf = (status: string): string => states[status]?.[0] ?? status;
export const toneOf = (status: string): string => states[status]?.[1] ?? 'quiet';

/** A state as a word with its mark: never by colour alone. */
export const badge = (status: string): HTMLElement =>
  el('span', { class: `badge tone-${toneOf(status)}`, 'data-status': status }, labelOf(status));
