/** JSON Schema 2020-12, as much of it as the document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Partial<Record<string, Schema>>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

interface Content {
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Documented {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly parameters: readonly Parameter[];
  readonly body: (Content & { readonly required: boolean }) | null;
  /** The codes of problem documents by status; null for an answer that is none. */
  readonly answers: ReadonlyMap<number, readonly string[] | null>;
}

/** What a studio says of itself at /openapi.json. */
export interface Document {
  readonly operations: readonly Documented[];
  /** The schema that a reference stands for. */
  readonly resolve: (schema: Schema) => Schema;
}

interface RawAnswer {
  readonly $ref?: string;
  readonly content?: Readonly<Partial<Record<string, Content>>>;
}
interface RawOperation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly (Parameter & { readonly $ref?: string })[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Partial<Record<string, Content>>>;
  };
  readonly responses: Readonly<Record<string, RawAnswer>>;
}
interface Raw {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
}

const resolverOf =
  (document: object) =>
  <Part extends { readonly $ref?: string }>(part: Part): Part => {
    if (part.$ref === undefined) return part;
    const path = part.$ref.slice(2).split('/');
    const found = path.reduce<unknown>((value, key) => Reflect.get(value as object, key), document); // a step leads to an object
    return resolverOf(document)(found as Part); // a reference stands for its own sort
  };

const codesOf = ({ content = {} }: RawAnswer): readonly string[] | null => {
  const narrowed = content['application/problem+json']?.schema.allOf?.[1]?.properties?.['code'];
  return (narrowed?.enum as readonly string[] | undefined) ?? null; // codes are texts
};

export const readDocument = async (origin: string): Promise<Document> => {
  const raw = (await (await fetch(`${origin}/openapi.json`)).json()) as Raw; // openapi.unit.test checks its form
  const resolve = resolverOf(raw);
  const operations = Object.entries(raw.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Documented => {
      const { operationId: id, security, parameters = [], requestBody, responses } = operation;
      const content = requestBody?.content['application/json'];
      return {
        ...{ id, path, method: method.toUpperCase(), isPublic: security.length === 0 },
        parameters: parameters.map(resolve),
        body: requestBody && content ? { ...content, required: requestBody.required } : null,
        answers: new Map(
          Object.entries(responses).map(([status, answer]) => [
            Number(status),
            codesOf(resolve(answer)),
          ]),
        ),
      };
    }),
  );
  return { operations, resolve };
};
