export default {
  '*.{ts,mjs}': ['prettier --write', 'eslint --max-warnings 0'],
  '*.{json,md,yml,yaml}': 'prettier --write',
};
