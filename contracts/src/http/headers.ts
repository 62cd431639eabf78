/** Headers that requests may carry. A JSON Schema each; `example` shows in the docs. */
export const requestHeaders = {
  'Idempotency-Key': {
    description:
      'Names what this request makes, so that sending it again answers with the same thing instead of making another. The same key with another body is a 422.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  'If-Match': {
    description: 'The ETag of the version that the change is made to; 412 when there is a newer.',
    schema: { type: 'string', pattern: '^(\\*|(W/)?"[0-9]{1,9}")$' },
  },
  'Studio-Min-Position': {
    description:
      'A `Studio-Position` of an earlier answer: the read waits up to two seconds until it knows what stands there.',
    schema: { type: 'string', pattern: '^[0-9A-Za-z-]{1,100}:[0-9]{1,18}$' },
  },
  'webhook-id': {
    description: 'Names the delivery: the same again starts nothing anew.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
  },
  'webhook-timestamp': {
    description: 'When it was signed, in Unix seconds; five minutes off at most.',
    schema: { type: 'string', pattern: '^[0-9]{1,12}$' },
  },
  'webhook-signature': {
    description:
      '`v1,` and the base64 of the HMAC-SHA256 over id, timestamp and body with full stops between them, as Standard Webhooks has it.',
    schema: { type: 'string' },
  },
} as const;
export type RequestHeader = keyof typeof requestHeaders;

/** Headers that answers carry. */
export const answerHeaders = {
  'Studio-Position': {
    description: 'Where the write stands in the log, `<store>:<number>`.',
    schema: { type: 'string' },
  },
  'Studio-Stale': {
    description: '`true` when the rows may not know yet what this session wrote.',
    schema: { type: 'string', const: 'true' },
  },
  ETag: { description: "The workflow's version, in quotes.", schema: { type: 'string' } },
  Location: { description: 'The path of what was made.', schema: { type: 'string' } },
  'Retry-After': {
    description: 'Seconds after which another try makes sense.',
    schema: { type: 'integer', minimum: 1 },
  },
  'RateLimit-Limit': { description: 'Requests in the window.', schema: { type: 'integer' } },
  'RateLimit-Remaining': { description: 'Requests left in it.', schema: { type: 'integer' } },
  'RateLimit-Reset': { description: 'Seconds until it begins anew.', schema: { type: 'integer' } },
  'WWW-Authenticate': { description: '`Bearer`.', schema: { type: 'string' } },
} as const;
export type AnswerHeader = keyof typeof answerHeaders;

export const quotaHeaders = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const;
