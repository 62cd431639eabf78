/** Names one of several logs on a server of EventStoreDB: its connection string, and the prefix behind a `#`. */
export const addressOf = (url: string, prefix: string): string => `${url}#${prefix}`;
