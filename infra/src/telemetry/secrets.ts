/** Names under which nothing is ever logged, wherever they stand. */
const never = [
  ...['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'email'],
  ...['access_token', 'refresh_token', 'api_key', 'apiKey', 'otp', 'code'],
  ...['payload', 'body', 'trigger', 'trigger_data', 'input', 'input_data', 'output', 'output_data'],
];
/** The same names as pino wants them: here, and one and two levels down. */
export const redactedPaths = never.flatMap((name) => {
  const quoted = `["${name}"]`;
  return [quoted, `*${quoted}`, `*.*${quoted}`];
});

const struck = '[redacted]';

/** An error's code may be read; a code of digits may be what somebody signs in with. */
export const censor = (value: unknown, path: readonly string[]): unknown =>
  path.at(-1) === 'code' && !/^\d+$/.test(String(value)) ? value : struck;

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
