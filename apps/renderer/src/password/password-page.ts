import { forgottenResult } from '../actions/forms/form-results';
import { escapeHtml } from '../escape-html';
import type { ShopResponse } from '../shop-request';

/** The page that asks for a store's password where the theme has none. @param fault why the last one was not taken */
export function builtInPasswordPage(fault: string | undefined): ShopResponse {
  const note = fault === undefined ? '' : `<p role="alert">${escapeHtml(fault)}</p>`;
  const body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>Password</title>
<style>:root{color-scheme:light dark}body{font:1.0625rem/1.6 system-ui,sans-serif;display:grid;place-content:center;
min-height:90vh;margin:0;padding:1.5rem}h1{font-size:1.75rem;font-weight:600;margin:0 0 .5rem}form{display:grid;gap:.75rem}
input,button{font:inherit;padding:.6rem .75rem;min-height:44px;box-sizing:border-box}</style></head>
<body><main><h1>This store is not open to all yet</h1>${note}
<form action="/password" method="post"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Enter</button></form></main></body></html>`;
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
      ...(fault === undefined ? {} : { 'set-cookie': forgottenResult }),
    },
    body: Buffer.from(body),
  };
}
