/** What loads Express: for the doors. Everything else of this folder is in the package's own index. */
export { createMetricsApi } from '../telemetry/metricsApi.ts';
export { createHttpApp, type HttpAppOptions } from './httpApp.ts';
export { clientKey, countRequest } from './limits.ts';
export { type PlainPage, prefersHtml, sendPlainPage, toldToPeople } from './plainPage.ts';
export { createMemoryRateLimiter } from './rateLimiter.ts';
export { bodyReader, leaveBodies, valueOfBody } from './rawBodies.ts';
