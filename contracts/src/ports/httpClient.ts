export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string. */
  readonly body?: unknown;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when the answer says that it is JSON, else text. */
  readonly body: unknown;
}

/** Outgoing HTTP. Any status is an answer. Errors: `http.timeout`, `http.failed` (both unavailable). */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpAnswer>;
}
