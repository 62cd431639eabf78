import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { StudioError } from '@studio/contracts';

import { errorOf } from './failures.ts';
import type { Job, Verdict } from './worker.ts';

/** One worker process. */
export interface Hand {
  give(job: Job): void;
  /** Idle, it does not keep this process alive. */
  rest(): void;
  /** Ends it whatever it is doing; resolves when it is gone. */
  end(): Promise<void>;
}

interface Reports {
  readonly onVerdict: (verdict: Verdict) => void;
  /** It is gone; the error is what that means for the job it had. */
  readonly onEnd: (error: Error) => void;
}

const flags = [
  '--max-old-space-size=192',
  '--no-warnings',
  // It reads its own code, and may neither write files nor start processes.
  '--permission',
  '--allow-fs-read=*',
];

export const brokeDown = (cause?: unknown): StudioError =>
  new StudioError('unavailable', 'service.unavailable', 'an expression worker broke down', {
    cause,
  });

const meaningOf = (signal: NodeJS.Signals | null): Error =>
  // V8 aborts a process that wants more memory than it was given.
  signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGILL'
    ? errorOf({
        code: 'expression.result_too_large',
        message: 'the expression needs more memory than it may use',
      })
    : brokeDown();

const setRef = (child: ChildProcess, busy: boolean): void => {
  if (busy) {
    child.ref();
    child.channel?.ref();
    return;
  }
  child.unref();
  child.channel?.unref();
};

/**
 * A process, not a thread: a thread that runs out of memory inside one long native step takes the
 * whole process with it, and only a process can be ended in the middle of one.
 */
export const hire = ({ onVerdict, onEnd }: Reports): Hand => {
  const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), {
    execArgv: flags,
    // Expressions see nothing of the environment.
    env: {},
    serialization: 'advanced', // keeps lone surrogates
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { promise: gone, resolve } = Promise.withResolvers<undefined>();
  child.on('message', (verdict: Verdict) => onVerdict(verdict));
  child.once('error', (cause) => {
    onEnd(brokeDown(cause));
    // A process that never started does not exit either.
    if (child.pid === undefined) resolve(undefined);
  });
  child.once('exit', (_, signal) => {
    resolve(undefined);
    onEnd(meaningOf(signal));
  });
  return {
    give: (job) => {
      setRef(child, true);
      // A failure to send is followed by 'exit', which tells what to do.
      child.send(job, () => undefined);
    },
    rest: () => setRef(child, false),
    end: async () => {
      setRef(child, true);
      child.kill('SIGKILL');
      await gone;
    },
  };
};
