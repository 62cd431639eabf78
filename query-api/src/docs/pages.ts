/** A page whose scripts and styles are files of this server. */
const pageOf = (title: string, head: string, body: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <link rel="icon" href="data:,">
    <style>body { margin: 0 }</style>
${head}  </head>
  <body>
${body}  </body>
</html>
`;

const title = 'Agent Orchestration Studio API';

export const swaggerPage = pageOf(
  title,
  '    <link rel="stylesheet" href="/docs/swagger-ui.css">\n',
  `    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
`,
);

export const swaggerStart = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: false,
  displayRequestDuration: true,
  validatorUrl: null,
});
`;

export const redocPage = pageOf(
  title,
  '',
  `    <div id="redoc"></div>
    <script src="/redoc/redoc.standalone.js"></script>
    <script src="/redoc/start.js"></script>
`,
);

export const redocStart = `Redoc.init('/openapi.json', { hideLoading: true }, document.getElementById('redoc'));
`;

/** Redoc's bundle shows a picture from its makers' own server; ours loads nothing from elsewhere. */
export const withoutForeignPicture = (bundle: string): string =>
  bundle.replaceAll('https://cdn.redoc.ly/redoc/logo-mini.svg', 'data:,');
