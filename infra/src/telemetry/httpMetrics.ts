import type { Meter } from '@opentelemetry/api';

import type { Answered } from '../http/answered.ts';
import { bytes, requestSeconds } from './buckets.ts';
import { createTally } from './tally.ts';

/** Counts requests by the pattern that served them, never by raw path: labels are bounded. */
export const createHttpMetrics = (meter: Meter): ((answered: Answered) => void) => {
  const count = createTally(meter, 'http_requests_total', 'Requests answered');
  const seconds = meter.createHistogram('http_request_duration_seconds', {
    description: 'From the first byte read to the last one written',
    advice: { explicitBucketBoundaries: requestSeconds },
  });
  const sizes = meter.createHistogram('http_request_size_bytes', {
    description: 'Bodies of requests, as their length was announced',
    advice: { explicitBucketBoundaries: bytes },
  });
  return ({ method, route, status, ms, requestBytes }) => {
    count(`${method} ${status} ${route}`, () => ({ method, route, status }));
    seconds.record(ms / 1_000, { method, route });
    sizes.record(requestBytes, { method, route });
  };
};
