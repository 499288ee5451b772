import type { BookPayment } from './books';

const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1a18; --line: #8b867d; --go: #1f4d3f; --on-go: #fff; }
@media (prefers-color-scheme: dark) { :root { --paper: #171614; --ink: #f0eeea; --line: #77736a; --go: #8fd0b9; --on-go: #10241d; } }
* { box-sizing: border-box; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 28rem; margin: 0 auto; padding: 3rem 1.25rem; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 1rem; }
p { margin: 0 0 1.25rem; }
p.test { background: #ffd84d; color: #221d00; padding: .5rem .875rem; border-radius: .5rem; font-weight: 600; }
strong { font-size: 2rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
form { display: grid; gap: .75rem; }
button { font: inherit; min-height: 3.25rem; padding: .625rem 1rem; border: 1px solid var(--line); border-radius: .5rem; background: none; color: inherit; cursor: pointer; }
button:first-child { background: var(--go); border-color: var(--go); color: var(--on-go); font-weight: 600; }
:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
`;

/** The page on which a shopper pays, or passes the bank's check. Plain HTML: it works everywhere. */
export function payPage(payment: BookPayment): string {
  const { page } = payment;
  const buttons =
    page === 'challenge'
      ? [
          ['confirm', 'Confirm at my bank'],
          ['reject', 'This was not me'],
          ['leave', 'Close without answering'],
        ]
      : [
          ['pay', 'Pay'],
          ['check', 'Pay, with a check by the bank'],
          ['decline', 'Pay with a card that is declined'],
          ['leave', 'Go back without paying'],
        ];
  const over = page === 'done' || page === 'canceled';
  const body = over
    ? `<p>This payment is over.</p><p><a href="${escape(payment.returnUrl)}">Back to the shop</a></p>`
    : `<form method="post">${buttons
        .map(([value, text]) => `<button name="choice" value="${value}">${text}</button>`)
        .join('\n')}</form>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>Test payment</title>
<style>
${style}</style>
</head>
<body>
<main>
<h1>${page === 'challenge' ? 'Check by the bank' : 'Test payment'}</h1>
<p class="test">Test mode: no real money moves.</p>
<p><strong>${amountOf(payment)}</strong></p>
${body}
</main>
</body>
</html>
`;
}

function amountOf({ amountMinor, currency }: BookPayment): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return escape(format.format(amountMinor / 10 ** digits));
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
