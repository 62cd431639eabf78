/** Nobody is signed in, or not any more. The sign-in form is on its way. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

/** No answer, or one that asks to come again. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  constructor(message = 'The studio is out of reach. Try again.', options?: ErrorOptions) {
    super(message, options);
  }
}

/** The studio said no; the message is what it said. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
  /** With a body it is a POST. */
  readonly body?: object;
  /** Told of each answer, whatever it is. */
  readonly onAnswer?: (headers: Headers) => void;
}

const detailOf = (answer: unknown): string => {
  const detail = (answer as { detail?: unknown } | null)?.detail; // looked at before it is used
  if (typeof detail === 'string') return detail;
  const [first] = Array.isArray(detail) ? (detail as { msg?: unknown }[]) : [];
  return typeof first?.msg === 'string' ? first.msg : 'The studio refused';
};

const comeAgain = [429, 502, 503, 504];

const answerOf = async (response: Response): Promise<unknown> => {
  const text = await response.text();
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    throw new Unreachable(); // a proxy speaks in its place
  }
};

/** Throws Unreachable or Refused. The type of the answer is what the API's contract says. */
export const send = async <Answer>(
  url: string,
  { headers = {}, body, onAnswer }: Sending,
): Promise<Answer> => {
  const options: RequestInit = body
    ? {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }
    : { headers };
  const response = await fetch(url, { ...options, cache: 'no-store' }).catch((error: unknown) => {
    throw new Unreachable(undefined, { cause: error });
  });
  onAnswer?.(response.headers);
  const answer = await answerOf(response);
  if (comeAgain.includes(response.status)) throw new Unreachable(detailOf(answer));
  if (!response.ok) throw new Refused(response.status, detailOf(answer));
  return answer as Answer;
};

/** Waits so long, or until the signal. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });

/** Grows from half a second to ten, never quite the same, so that many pages do not come back at once. */
export const backOffMs = (attempt: number): number =>
  Math.min(10_000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);

/** Asks until there is an answer, or until the signal; then null. */
export const patiently = async <Answer>(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  onTrouble: () => void,
): Promise<Answer | null> => {
  const isOver = (): boolean => signal.aborted;
  for (let attempt = 0; !isOver(); attempt += 1)
    try {
      const answer = await ask();
      return isOver() ? null : answer;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      onTrouble();
      await pause(backOffMs(attempt), signal);
    }
  return null;
};
