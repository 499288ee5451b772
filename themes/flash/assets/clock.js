// Counts down to the end that stands in the page; the end itself comes from a real discount.
for (const clock of document.querySelectorAll('[data-ends]')) {
  const units = [...clock.querySelectorAll('[data-unit]')];
  const number = new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: 2 });
  const tick = () => {
    let left = Math.floor((Date.parse(clock.dataset.ends) - Date.now()) / 1000);
    if (left < 0) {
      clearInterval(timer);
      clock.closest('[data-offer]')?.remove();
      return;
    }
    for (const unit of units) {
      unit.textContent = number.format(Math.floor(left / unit.dataset.unit));
      left %= unit.dataset.unit;
    }
    clock.hidden = false;
  };
  const timer = setInterval(tick, 1000);
  tick();
}
