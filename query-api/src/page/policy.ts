/**
 * What the page may do: load itself, call the API that served it, and nothing else. Trusted types make the browser
 * refuse every way of turning a text into markup or code, should a line of ours ever try.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
