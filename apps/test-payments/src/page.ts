import type { BookPayment } from './books';

const digits: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  JOD: 3,
  TND: 3,
};

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
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 3rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
p.test { border: 2px solid #8a5a00; background: #fff6e0; padding: .5rem .75rem; border-radius: .25rem; }
strong { font-size: 1.75rem; }
form { display: grid; gap: .75rem; }
button { font: inherit; padding: .75rem; border: 1px solid #555; border-radius: .25rem; background: #f4f4f4; cursor: pointer; }
button:first-child { background: #14532d; border-color: #14532d; color: #fff; }
</style>
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
  const exponent = digits[currency] ?? 2;
  return `${(amountMinor / 10 ** exponent).toFixed(exponent)} ${escape(currency)}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
