import { afterEachStep, compile } from './compile.ts';
import { type ExpressionFailure, failureOf } from './failures.ts';
import { type ExpressionLimits, mostTimesLonger } from './limits.ts';
import { plainJson } from './plainJson.ts';
import { createProcessorLimit } from './processorLimit.ts';
import { recentlyUsed } from './recentlyUsed.ts';

export interface Job {
  readonly expression: string;
  /** JSON of an object. */
  readonly scope: string;
  readonly limits: ExpressionLimits;
}
export type Verdict =
  { readonly result: string } | { readonly failure: ExpressionFailure } | 'ready';

const compiled = recentlyUsed(100, (key) => {
  const { expression, limits } = JSON.parse(key) as Pick<Job, 'expression' | 'limits'>; // our own key
  const { timeoutMs, maxDepth } = limits;
  const evaluation = compile(expression, { timeoutMs: timeoutMs * mostTimesLonger, maxDepth });
  const limit = createProcessorLimit(timeoutMs);
  afterEachStep(evaluation, limit.check);
  return { evaluation, limit };
});

const evaluate = async ({ expression, scope, limits }: Job): Promise<Verdict> => {
  try {
    const names = JSON.parse(scope) as Record<string, unknown>; // as Job says
    const { evaluation, limit } = compiled(JSON.stringify({ expression, limits }));
    limit.begin();
    const value: unknown = await evaluation.evaluate(names, names);
    return { result: JSON.stringify(plainJson(value, limits)) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
};

const tell = (verdict: Verdict): void => void process.send?.(verdict);

// Ctrl-C reaches the whole group of processes; the pool's process still drains and ends this one itself.
process.on('SIGINT', () => undefined);
// The pool's process is gone: nobody waits for an answer any more.
process.on('disconnect', () => process.exit());
process.on('message', (job: Job) => {
  void evaluate(job).then(tell);
});
tell('ready');
