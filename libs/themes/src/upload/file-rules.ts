const mimes: Readonly<Record<string, string>> = {
  hbs: 'text/x-handlebars; charset=utf-8',
  json: 'application/json; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
};

const texts = new Set(['hbs', 'json', 'css', 'js', 'svg']);

/** The media type of a file of a theme. */
export function mimeOf(path: string): string {
  return mimes[endingOf(path)] ?? 'application/octet-stream';
}

/** Whether the file must be UTF-8 text. */
export function isText(path: string): boolean {
  return texts.has(endingOf(path));
}

/** Whether browsers fetch the file by itself. */
export function isAsset(path: string): boolean {
  return path.startsWith('assets/');
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
