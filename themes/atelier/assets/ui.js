// Small comforts; every page works without them. Listeners sit on the document, so a replaced section needs no set-up.
const root = document.documentElement;
root.classList.add('js');

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
});

document.addEventListener('click', (event) => {
  const step = event.target.closest('[data-step]');
  if (step) {
    const input = step.closest('[data-qty]').querySelector('input');
    input.stepUp(Number(step.dataset.step));
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
  if (event.target.closest('[data-toast-close]'))
    document.querySelector('[data-toast]').hidePopover();
  for (const fold of document.querySelectorAll('[data-fold][open]'))
    if (!fold.contains(event.target)) fold.open = false;
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const fold = document.querySelector('[data-fold][open]');
  if (!fold) return;
  fold.open = false;
  fold.querySelector('summary').focus();
});

// A sheet with a search field starts in it.
document.addEventListener(
  'toggle',
  (event) => {
    if (event.newState === 'open') event.target.querySelector?.('input[type=search]')?.focus();
  },
  true,
);
