/** Takes lines, and passes them on many at once. */
export interface LineBuffer {
  /** `urgent`: goes on at once, with all that waits. */
  write(line: string, urgent: boolean): void;
  flush(): void;
}

/** Long enough to spare most writes, short enough for whoever watches the file. */
const waitMs = 100;
const mostCharacters = 64 * 1024;

/**
 * What waits is bounded, by time and by length; it is passed on synchronously, so that a process that
 * ends can flush. After kill -9 the lines of the last 100 ms are missing, none of them urgent.
 */
export const createLineBuffer = (sink: (text: string) => void): LineBuffer => {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = waiting;
    waiting = '';
    if (text !== '') sink(text);
  };
  return {
    flush,
    write: (line, urgent) => {
      waiting += line;
      if (urgent || waiting.length >= mostCharacters) flush();
      else timer ??= setTimeout(flush, waitMs).unref();
    },
  };
};
