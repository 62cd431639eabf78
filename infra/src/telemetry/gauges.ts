import { performance } from 'node:perf_hooks';

import type { Meter } from '@opentelemetry/api';
import type { Pool } from 'pg';

import type { ProjectionPositions } from '../postgres/readModelsPositions.ts';

/** What the process itself uses. */
export const observeProcess = (meter: Meter): void => {
  const startedAt = Date.now() / 1_000 - process.uptime();
  meter
    .createObservableCounter('process_cpu_seconds_total', {
      description: 'CPU time, user and system',
    })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe((user + system) / 1_000_000);
    });
  meter
    .createObservableGauge('process_resident_memory_bytes', { description: 'Memory held' })
    .addCallback((result) => {
      result.observe(process.memoryUsage.rss());
    });
  meter
    .createObservableGauge('nodejs_heap_size_used_bytes', { description: 'Memory of JavaScript' })
    .addCallback((result) => {
      result.observe(process.memoryUsage().heapUsed);
    });
  meter
    .createObservableGauge('process_start_time_seconds', { description: 'Unix time of the start' })
    .addCallback((result) => {
      result.observe(startedAt);
    });
  let last = performance.eventLoopUtilization();
  meter
    .createObservableGauge('nodejs_eventloop_utilization', {
      description: 'Share of the time since the last look in which the event loop worked',
    })
    .addCallback((result) => {
      const now = performance.eventLoopUtilization();
      result.observe(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    });
};

/** Connections of pools, by the name of each. */
export const observePools = (meter: Meter, pools: Readonly<Record<string, Pool>>): void => {
  const gauge = (name: string, description: string, look: (pool: Pool) => number): void => {
    meter.createObservableGauge(name, { description }).addCallback((result) => {
      for (const [pool, each] of Object.entries(pools)) result.observe(look(each), { pool });
    });
  };
  gauge('db_connections_active', 'Connections that are at work', (pool) => {
    return pool.totalCount - pool.idleCount;
  });
  gauge('db_connections_max', 'Connections that there may be', (pool) => pool.options.max);
  gauge('db_connections_waiting', 'Requests that wait for one', (pool) => pool.waitingCount);
};

/** How far the read models are. */
export const observeProjections = (meter: Meter, positions: ProjectionPositions): void => {
  const lag = meter.createObservableGauge('projection_lag_seconds', {
    description: 'How long the oldest event has waited that the rows do not know',
  });
  const position = meter.createObservableGauge('projection_position', {
    description: 'Position in the log up to which the rows know everything',
  });
  const parked = meter.createObservableGauge('projection_parked_streams', {
    description: 'Streams that are left out because of an event that cannot be projected',
  });
  meter.addBatchObservableCallback(
    async (result) => {
      for (const { projection, ...each } of await positions.positions()) {
        result.observe(lag, each.lagMs / 1_000, { projection });
        result.observe(position, Number(each.position), { projection });
        result.observe(parked, each.parkedStreams, { projection });
      }
    },
    [lag, position, parked],
  );
};

const runsByStatus = `select value as status, sum(runs)::float8 as runs from read.execution_totals
  where dimension = 'status' group by value`;

/** How many runs stand how, from the counters that the read models keep. */
export const observeRuns = (meter: Meter, pool: Pool): void => {
  meter
    .createObservableGauge('workflow_execution_status', { description: 'Executions by status' })
    .addCallback(async (result) => {
      const { rows } = await pool.query<{ status: string; runs: number }>(runsByStatus);
      for (const { status, runs } of rows) result.observe(runs, { status });
    });
};

/** Any number that is looked up when someone asks. */
export const observeNumber = (
  meter: Meter,
  name: string,
  description: string,
  look: () => number,
): void => {
  meter.createObservableGauge(name, { description }).addCallback((result) => {
    result.observe(look());
  });
};
