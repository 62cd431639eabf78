import type { Meter } from '@opentelemetry/api';
import type { EventStore } from '@studio/contracts';

import { counts, requestSeconds } from './buckets.ts';
import { createTally } from './tally.ts';

/** What opens and ends a run, as it is counted. */
const stepsOfRuns: Readonly<Record<string, { readonly status: string }>> = {
  WorkflowStarted: { status: 'started' },
  WorkflowRetried: { status: 'retried' },
  WorkflowCompleted: { status: 'completed' },
  WorkflowFailed: { status: 'failed' },
  WorkflowCancelled: { status: 'cancelled' },
};

/** The same store, its appends measured, and the runs that they begin and end counted. */
export const measuredStore = (store: EventStore, meter: Meter): EventStore => {
  const seconds = meter.createHistogram('log_append_duration_seconds', {
    description: 'From the call of append until the events are on disk',
    advice: { explicitBucketBoundaries: requestSeconds },
  });
  const sizes = meter.createHistogram('log_append_events', {
    description: 'Events of one append',
    advice: { explicitBucketBoundaries: counts },
  });
  const failures = meter.createCounter('log_append_failures_total', {
    description: 'Appends that lost a race or could not be written, by error code',
  });
  const countRun = createTally(
    meter,
    'workflow_executions_total',
    'Executions that were started, retried, completed, failed or cancelled',
  );
  const end = meter.createObservableGauge('log_position', {
    description: 'Position of the last event of the log',
  });
  end.addCallback(async (result) => {
    result.observe(Number(await store.lastPosition()));
  });
  return {
    ...store,
    append: async (stream, expected, events) => {
      const begun = performance.now();
      try {
        const head = await store.append(stream, expected, events);
        seconds.record((performance.now() - begun) / 1_000);
        sizes.record(events.length);
        for (const { type } of events) {
          const step = stepsOfRuns[type];
          if (step) countRun(type, () => step);
        }
        return head;
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
        failures.add(1, { code });
        throw error;
      }
    },
  };
};
