/** Of telemetry, what loads OpenTelemetry's SDK; instruments alone need its types only. */
export { createMetrics } from './metrics.ts';
