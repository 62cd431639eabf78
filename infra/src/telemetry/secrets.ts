/** Names under which nothing is ever logged, wherever they stand. */
const never: ReadonlySet<string> = new Set([
  ...['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'email', 'otp'],
  ...['access_token', 'refresh_token', 'accesstoken', 'refreshtoken', 'api_key', 'apikey'],
  ...['payload', 'body', 'trigger', 'trigger_data', 'input', 'input_data', 'output', 'output_data'],
]);

const struck = '[redacted]';
/** No field of ours nests deeper; what does is nothing that we would write on purpose. */
const deepest = 4;

/** An error's code may be read; a code of digits may be what somebody signs in with. */
const isNever = (name: string, value: unknown): boolean =>
  never.has(name.toLowerCase()) || (name === 'code' && /^\d+$/.test(String(value)));

const safe = (value: unknown, depth: number): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return struck;
  if (Array.isArray(value)) return value.map((item) => safe(item, depth + 1));
  return safeFields(value as Readonly<Record<string, unknown>>, depth); // an object's own members
};

const safeFields = (
  fields: Readonly<Record<string, unknown>>,
  depth: number,
): Record<string, unknown> => {
  const copy: Record<string, unknown> = {};
  for (const name in fields)
    copy[name] = isNever(name, fields[name]) ? struck : safe(fields[name], depth + 1);
  return copy;
};

/** The same fields without what nobody may read. (pino's own redaction takes longer than the rest of a line.) */
export const withoutSecretFields = (
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> => safeFields(fields, 0);

/** What looks like a secret in the middle of a text: JWTs, bearer tokens, tokens in addresses. */
const secrets = new RegExp(
  [
    String.raw`\beyJ[\w-]+\.[\w-]+\.[\w-]+`,
    String.raw`(?<=\bbearer )[\w.~+/=-]+`,
    String.raw`(?<=[?&](?:token|access_token|api_key|code)=)[^&\s"]+`,
    String.raw`(?<=/(?:hooks|webhooks?)/)[\w-]{16,}`,
    String.raw`(?<=://[^/\s:@"]{0,100}:)[^/\s@"]+(?=@)`,
  ].join('|'),
  'gi',
);

export const withoutSecrets = (line: string): string => line.replace(secrets, struck);
