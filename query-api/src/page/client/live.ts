import { backOffMs, pause, SignedOut } from './request.ts';
import type { Session } from './session.ts';

/** A message of a socket: only what the page reads of it. */
export interface LiveMessage {
  readonly type: string;
  readonly event?: unknown;
  readonly room_id?: string;
  readonly position?: string;
  readonly data?: unknown;
}

/** `still`: what is shown was read once, and is not followed. */
export type LiveState = 'live' | 'connecting' | 'still';

export interface LiveOptions {
  /** Path and query below the API's prefix, asked for at each new connection: this is where `?after=` goes. */
  readonly path: () => string;
  readonly onMessage: (message: LiveMessage) => void;
  readonly onState: (state: LiveState) => void;
  /** Sent each time that the socket is open. */
  readonly greeting?: object;
  readonly signal: AbortSignal;
}

const tokenEnded = 4401;
const pingEveryMs = 25_000;
const pongWithinMs = 10_000;

/** Notices a line that died without a word, as after a laptop's sleep. */
const watch = (socket: WebSocket, signal: AbortSignal): (() => void) => {
  let heard = Date.now();
  const beat = setInterval(() => {
    if (Date.now() - heard > pingEveryMs + pongWithinMs) socket.close();
    else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
  }, pingEveryMs);
  signal.addEventListener('abort', () => socket.close());
  socket.addEventListener('close', () => clearInterval(beat));
  return () => {
    heard = Date.now();
  };
};

/** One connection, until it ends. True when it was open, and the code that it ended with. */
const connect = (
  url: string,
  token: string,
  { onMessage, onState, greeting, signal }: LiveOptions,
): Promise<{ wasOpen: boolean; code: number }> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, ['bearer', token]);
    const heard = watch(socket, signal);
    let wasOpen = false;
    socket.addEventListener('open', () => {
      wasOpen = true;
      if (greeting) socket.send(JSON.stringify(greeting));
      onState('live');
    });
    socket.addEventListener('message', ({ data }) => {
      heard();
      if (!signal.aborted) onMessage(JSON.parse(String(data)) as LiveMessage); // the socket sends JSON
    });
    socket.addEventListener('close', ({ code }) => resolve({ wasOpen, code }));
  });

const socketUrl = (api: string, path: string): string => {
  const url = new URL(`${api}${path}`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
};

/** Follows a socket and comes back after each break, until the signal. */
export const follow = async (
  session: Session,
  api: string,
  options: LiveOptions,
): Promise<void> => {
  const { path, onState, signal } = options;
  const isOver = (): boolean => signal.aborted;
  let renewed = false;
  for (let attempt = 0; !isOver(); attempt += 1)
    try {
      const token = await session.token(renewed);
      const { wasOpen, code } = await connect(socketUrl(api, path()), token, options);
      if (isOver()) return;
      onState('connecting');
      renewed = code === tokenEnded;
      if (wasOpen) attempt = 0;
      // A browser does not say why a handshake was refused; this asks, and renews or ends the session if need be.
      else await session.get('/auth/me');
      if (!renewed) await pause(backOffMs(attempt), signal);
    } catch (error) {
      if (error instanceof SignedOut) return;
      await pause(backOffMs(attempt), signal);
    }
};
