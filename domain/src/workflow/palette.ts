/** The kinds of the canvas's palette by the title that dropping one leaves behind (the kind itself is not saved). */
export const kindOfTitle: ReadonlyMap<string, string> = new Map([
  ['claude agent', 'claude-agent'],
  ['specialized agent', 'specialized-agent'],
  ['webhook', 'webhook-trigger'],
  ['schedule', 'schedule-trigger'],
  ['manual', 'manual-trigger'],
  ['database', 'database-action'],
  ['file upload', 'file-upload-action'],
  ['send email', 'email-action'],
  ['openrouter ai', 'openrouter-ai'],
  ['image generation', 'image-generation'],
  ['text-to-speech', 'text-to-speech'],
  ['speech-to-text', 'speech-to-text'],
  ['mcp server', 'mcp-server'],
  ['github mcp', 'mcp-github'],
  ['database mcp', 'mcp-database'],
  ['file system mcp', 'mcp-filesystem'],
  ['web scraper mcp', 'mcp-web-scraper'],
  ['slack mcp', 'mcp-slack'],
  ['custom mcp', 'mcp-custom'],
  ['web search', 'web-search'],
  ['web reader', 'web-reader'],
  ['condition', 'condition'],
  ['filter', 'filter'],
  ['merge', 'merge'],
]);

/** Every kind that the canvas offers, whether the studio has it yet or not. */
export const paletteKinds: ReadonlySet<string> = new Set(kindOfTitle.values());

/** Kinds that another one stands in for while the studio does not have them. */
export const standInOf: ReadonlyMap<string, string> = new Map([
  ['specialized-agent', 'claude-agent'],
]);

/** What a node of a type is when nothing else tells. */
export const kindOfType: ReadonlyMap<string, string> = new Map([
  ['trigger', 'manual-trigger'],
  ['agent', 'claude-agent'],
]);

/** The palette's badges are no part of a title. */
export const bareTitle = (title: string): string =>
  title
    .trim()
    .toLowerCase()
    .replace(/ ?\((?:pro|new)\)$/, '');
