export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Hands mail over. Error: `mail.failed` (unavailable); addresses and texts never reach a log. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
