/** Answers for `default`, and for a model field that was left empty. */
export const defaultModelName = 'claude-sonnet-5-5';

/** Names that the canvas offers or older workflows carry; the models of those names are no longer served. */
const successors: Readonly<Record<string, string>> = {
  'claude-3-haiku': 'claude-haiku-5-5',
  'claude-3-haiku-20240307': 'claude-haiku-5-5',
  'claude-3-5-haiku-20241022': 'claude-haiku-5-5',
  'claude-3-sonnet': 'claude-sonnet-5-5',
  'claude-3-sonnet-20240229': 'claude-sonnet-5-5',
  'claude-3-5-sonnet': 'claude-sonnet-5-5',
  'claude-3-5-sonnet-20240620': 'claude-sonnet-5-5',
  'claude-3-5-sonnet-20241022': 'claude-sonnet-5-5',
  'claude-3-7-sonnet-20250219': 'claude-sonnet-5-5',
  'claude-3-opus': 'claude-opus-5-5',
  'claude-3-opus-20240229': 'claude-opus-5-5',
};

/** The model that is asked when a workflow names `name`. */
export const modelCalled = (name: string, defaultModel: string): string => {
  const wanted = name === 'default' || name === '' ? defaultModel : name;
  return Object.hasOwn(successors, wanted) ? (successors[wanted] ?? wanted) : wanted;
};
