// Comforts of lists and the bag; every page works without them.
document.documentElement.classList.add('js');

document.addEventListener('change', ({ target }) => {
  if (target.matches('[data-submit], [data-qty] input')) target.form?.requestSubmit();
});

document.addEventListener('click', ({ target }) => {
  const step = target.closest('[data-step]');
  if (!step) return;
  const input = step.closest('[data-qty]').querySelector('input');
  input.stepUp(Number(step.dataset.step));
  input.dispatchEvent(new Event('change', { bubbles: true }));
});
