const pingEveryMs = 20_000;
/** A socket that brought nothing for so long, not even a pong, is dead. */
const silenceMs = 60_000;

/** What a socket brings, as texts; ends when it closes, for whatever reason. Leaving the loop closes it. */
export const socketMessages = (
  address: string,
  token: string,
  onOpen: () => void,
): ReadableStream<string> => {
  const socket = new WebSocket(address, ['bearer', token]);
  let heardAt = performance.now();
  const watch = setInterval(() => {
    if (performance.now() - heardAt > silenceMs) socket.close();
    else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
  }, pingEveryMs);

  return new ReadableStream<string>({
    start: (controller) => {
      socket.onopen = onOpen;
      socket.onmessage = ({ data }) => {
        heardAt = performance.now();
        controller.enqueue(String(data));
      };
      socket.onclose = () => {
        clearInterval(watch);
        controller.close();
      };
    },
    cancel: () => {
      clearInterval(watch);
      socket.onclose = null; // the stream has ended already
      socket.close();
    },
  });
};
