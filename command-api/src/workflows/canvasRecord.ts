import { valueOfBody } from '@studio/infra/http';

const jsonFields = ['nodes', 'connections', 'settings'];

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fieldOf = (name: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  if (jsonFields.includes(name)) return valueOfBody('application/json', Buffer.from(value));
  return name === 'tags' ? value.split(',') : value;
};

/**
 * A workflow in the form in which the canvas keeps its own records: nodes, connections and settings
 * as JSON text, tags with commas between them. Any other request stays as it is.
 * Errors: `request.malformed_json`, `request.invalid`.
 */
export const fromCanvasRecord = (body: unknown): unknown =>
  isFields(body)
    ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, fieldOf(name, value)]))
    : body;
