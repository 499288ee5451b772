// Counts to the end that the shop's own discount has, and leaves with it.
const format = (unit, value) =>
  new Intl.NumberFormat(document.documentElement.lang, {
    style: 'unit',
    unit,
    unitDisplay: 'narrow',
  }).format(value);

function tick() {
  for (const box of document.querySelectorAll('[data-ends]')) {
    const left = Math.floor((Date.parse(box.dataset.ends) - Date.now()) / 1000);
    box.hidden = left <= 0;
    const parts = [
      ['day', Math.floor(left / 86400)],
      ['hour', Math.floor(left / 3600) % 24],
      ['minute', Math.floor(left / 60) % 60],
      ['second', left % 60],
    ];
    box.querySelector('[data-left]').textContent = parts
      .map(([unit, value]) => format(unit, value))
      .join(' ');
  }
}
tick();
setInterval(tick, 1000);
