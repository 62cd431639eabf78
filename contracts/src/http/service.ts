import { z } from 'zod';

import { Greeting, Health, KeySet, Readiness } from './answers.ts';
import type { DeclaredAnswer, Operation } from './operation.ts';

const shared = { method: 'get', at: 'root', tag: 'Service', access: 'public' } as const;
const ready = { database: 'ok', event_log: 'ok', projections: 'ok' };

const page = (description: string): DeclaredAnswer => ({
  ...{ description, schema: z.string(), mediaType: 'text/html' },
});

export const serviceOperations: readonly Operation[] = [
  {
    ...{ ...shared, id: 'getGreeting', path: '/' },
    summary: 'What this is',
    description: 'A client that prefers `text/html` gets a page.',
    answers: { 200: { description: 'Name and version.', schema: Greeting } },
  },
  {
    ...{ ...shared, id: 'getHealth', path: '/health' },
    summary: 'Whether the process lives',
    answers: {
      200: {
        ...{ description: 'It does.', schema: Health },
        example: { status: 'healthy', service: 'agent-orchestration-studio' },
      },
    },
  },
  {
    ...{ ...shared, id: 'getReadiness', path: '/health/ready' },
    summary: 'Whether it can take work',
    answers: {
      200: {
        ...{ description: 'It can.', schema: Readiness },
        example: { status: 'ready', dependencies: ready },
      },
      503: {
        ...{ description: 'It cannot, and says why.', schema: Readiness },
        ...{ headers: ['Retry-After'] },
        example: {
          ...{ status: 'unavailable', dependencies: { ...ready, database: 'unavailable' } },
        },
      },
    },
  },
  {
    ...{ ...shared, id: 'getMetrics', path: '/metrics' },
    summary: 'What Prometheus collects',
    description:
      'Open to the machine itself; where `METRICS_TOKEN` is set, to whoever sends it as a bearer token.',
    answers: {
      200: {
        ...{ description: 'Metrics in their text form.', schema: z.string() },
        mediaType: 'text/plain',
      },
    },
    errors: { 401: ['auth.missing_token'], 403: ['auth.not_allowed'] },
  },
  {
    ...{ ...shared, id: 'getKeySet', path: '/.well-known/jwks.json' },
    summary: 'The public keys of access tokens',
    answers: { 200: { description: 'A JSON Web Key Set.', schema: KeySet } },
  },
  {
    ...{ ...shared, id: 'getOpenApi', path: '/openapi.json' },
    summary: 'This document',
    answers: {
      200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) },
    },
  },
  {
    ...{ ...shared, id: 'showDocs', path: '/docs' },
    summary: 'This document to try out',
    answers: { 200: page('Swagger UI.') },
  },
  {
    ...{ ...shared, id: 'showReference', path: '/redoc' },
    summary: 'This document to read',
    answers: { 200: page('ReDoc.') },
  },
];
