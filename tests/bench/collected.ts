import WebSocket from 'ws';

import type { StudioProcess } from '../fixtures/studio.ts';
import { residentMb } from './resident.ts';

/** For a studio whose garbage is to be collected when it is asked to: an inspector on a port of the kernel's choice. */
export const inspected = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

/** What a studio holds in memory once it has let go of what it no longer needs, which V8 puts off while it can. */
export const residentOnceCollected = async (studio: StudioProcess): Promise<number> => {
  const address = /Debugger listening on (ws:\S+)/.exec(studio.output())?.[1] ?? '';
  const inspector = new WebSocket(address);
  await new Promise((resolve) => inspector.once('open', resolve));
  const collected = new Promise((resolve) => inspector.once('message', resolve));
  inspector.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }));
  await collected;
  inspector.terminate();
  return residentMb(studio.pid());
};
