import type { z } from 'zod';

import { answerSchemas, requestSchemas } from './components.ts';
import { type AnswerHeader, answerHeaders, requestHeaders } from './headers.ts';
import { parametersOf, type SchemaBook, schemaBook } from './jsonSchemas.ts';
import type { DeclaredAnswer, Operation } from './operation.ts';
import { operations, servedPath } from './operations.ts';
import { type Refusal, refusalsOf, sharedName, sharedRefusals } from './refusals.ts';
import { tags } from './tags.ts';

type Json = Readonly<Record<string, unknown>>;

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>> } & Json;
  readonly [member: string]: unknown;
}

interface Books {
  readonly asked: SchemaBook;
  readonly answered: SchemaBook;
}

const parametersIn = (where: 'path' | 'query', schema: z.ZodObject | undefined): Json[] =>
  (schema ? parametersOf(schema) : []).map(({ name, required, schema: whole }) => {
    const { description, example, ...bare } = whole;
    return {
      ...{ name, in: where, required: where === 'path' || required, schema: bare },
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
    };
  });

const headerRefs = (names: readonly AnswerHeader[] = []): Json =>
  names.length === 0
    ? {}
    : {
        headers: Object.fromEntries(
          names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
        ),
      };

const answerOf = ({ answered }: Books, answer: DeclaredAnswer): Json => {
  const { description, schema, mediaType = 'application/json', example, headers } = answer;
  const shown = example === undefined ? {} : { example };
  return {
    ...{ description, ...headerRefs(headers) },
    ...(schema ? { content: { [mediaType]: { schema: answered.of(schema), ...shown } } } : {}),
  };
};

const refusalAnswer = ({ status, meaning, codes, headers }: Refusal): Json => {
  const problem = status === 422 ? 'ValidationProblem' : 'Problem';
  const narrowed = { type: 'object', properties: { code: { type: 'string', enum: codes } } };
  const schema = { allOf: [{ $ref: `#/components/schemas/${problem}` }, narrowed] };
  return {
    ...{ description: meaning, ...headerRefs(headers) },
    content: { 'application/problem+json': { schema } },
  };
};

const refusalAnswers = (operation: Operation): [string, Json][] =>
  refusalsOf(operation).map((refusal) => {
    const name = sharedName(refusal);
    const answer =
      name === null ? refusalAnswer(refusal) : { $ref: `#/components/responses/${name}` };
    return [String(refusal.status), answer];
  });

const bodyOf = ({ asked }: Books, { body }: Operation): Json => {
  if (!body) return {};
  const { schema, required = true, example, others = {} } = body;
  const content = {
    'application/json': { schema: asked.of(schema), example },
    ...Object.fromEntries(Object.entries(others).map(([type, other]) => [type, { schema: other }])),
  };
  return { requestBody: { required, content } };
};

const describe = (books: Books, operation: Operation): Json => {
  const { id, tag, summary, description, params, query, headers = [] } = operation;
  const parameters = [
    ...parametersIn('path', params),
    ...parametersIn('query', query),
    ...headers.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
  const answers = Object.entries(operation.answers).map(([status, answer]): [string, Json] => [
    status,
    answerOf(books, answer),
  ]);
  return {
    ...{ operationId: id, tags: [tag], summary },
    ...(description === undefined ? {} : { description }),
    security: operation.access === 'public' ? [] : [{ bearer: [] }],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(books, operation),
    responses: Object.fromEntries([...answers, ...refusalAnswers(operation)]),
  };
};

const components = ({ asked, answered }: Books) => ({
  securitySchemes: {
    bearer: {
      ...{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      description: 'The `access_token` of a sign-in. It counts for 15 minutes.',
    },
  },
  parameters: Object.fromEntries(
    Object.entries(requestHeaders).map(([name, header]) => [
      name,
      { name, in: 'header', required: false, ...header },
    ]),
  ),
  headers: answerHeaders,
  responses: Object.fromEntries(
    [...sharedRefusals()].map(([name, refusal]) => [name, refusalAnswer(refusal)]),
  ),
  schemas: { ...answered.components, ...asked.components },
});

const about = `Runs AI-agent workflows and records every step as a fact.

Every refusal is a problem document (RFC 9457) with a stable \`code\`. A write answers with \`Studio-Position\`; the session's own reads wait for it. Beside these endpoints there are sockets, at \`/api/v1/ws\` and \`/api/v1/ws/executions/{id}\`, which tell each fact as it happens.`;

/** The API as an OpenAPI 3.1 document. `prefix` is where the studio serves its API. */
export const openApiDocument = ({
  version,
  prefix = '/api/v1',
}: {
  readonly version: string;
  readonly prefix?: string;
}): OpenApiDocument => {
  const bodies = operations.flatMap(({ body }) => body?.schema ?? []);
  const answers = operations.flatMap((operation) =>
    Object.values(operation.answers).flatMap(({ schema }) => schema ?? []),
  );
  const books = {
    asked: schemaBook('input', requestSchemas, bodies),
    answered: schemaBook('output', answerSchemas, answers),
  };
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const path = (paths[servedPath(operation, prefix)] ??= {});
    path[operation.method] = describe(books, operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      ...{ title: 'Agent Orchestration Studio', version, description: about },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The studio that serves this document.' }],
    ...{ tags, paths, components: components(books) },
  };
};
