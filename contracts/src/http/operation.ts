import type { z } from 'zod';

import type { ErrorCode } from '../errors.ts';
import type { AnswerHeader, RequestHeader } from './headers.ts';
import type { JsonSchema } from './shownAs.ts';

export type Tag =
  | 'Auth'
  | 'Workflows'
  | 'Agents'
  | 'Executions'
  | 'Approvals'
  | 'Webhooks'
  | 'Kill switches'
  | 'Retention'
  | 'Node kinds'
  | 'Sockets'
  | 'Operations'
  | 'Service';

/** What a successful request is answered with. Without `schema` the answer has no body. */
export interface DeclaredAnswer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** Default `application/json`. */
  readonly mediaType?: string;
  readonly example?: unknown;
  readonly headers?: readonly AnswerHeader[];
}

export interface DeclaredBody {
  readonly schema: z.ZodType;
  /** False when the body may be left out; default true. */
  readonly required?: boolean;
  /** A body that the product takes once the example ids are those of existing things; a test sends it. */
  readonly example: unknown;
  /** Other media types that it may have, beside JSON, with the JSON Schema of each. */
  readonly others?: Readonly<Record<string, JsonSchema>>;
}

/** One endpoint of the API: what the document, the client and the fuzz run know of it. */
export interface Operation {
  /** Names it in clients: `startExecution`. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it, `/workflows/{workflow_id}`; below the API's prefix unless `at` says otherwise. */
  readonly path: string;
  /** `root`: directly below the server's address. */
  readonly at?: 'root';
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  /** `public`: needs no access token. */
  readonly access?: 'public';
  /** One schema for each `{name}` of the path. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: readonly RequestHeader[];
  readonly body?: DeclaredBody;
  readonly answers: Readonly<Record<number, DeclaredAnswer>>;
  /** Codes by status, beside those that the builder adds to every endpoint of its sort. */
  readonly errors?: Readonly<Record<number, readonly ErrorCode[]>>;
}
