// Small comforts; every page works without them. Listeners sit on the document, so a replaced section needs no set-up.
const root = document.documentElement;
root.classList.add('js');
// A style sheet that the first view has no need of comes behind it, or with the first touch.
const { late } = root.dataset;
const bring = () => {
  if (root.dataset.late)
    document.head.append(
      Object.assign(document.createElement('link'), { rel: 'stylesheet', href: late }),
    );
  delete root.dataset.late;
};
for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, bring, { once: true });
// A task of its own: what browsers do at the load is long enough.
addEventListener('load', () => setTimeout(bring), { once: true });

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
    if (!fold.contains(event.target) && !fold.closest(':popover-open')) fold.open = false;
});

document.addEventListener('keydown', (event) => {
  const fold = event.key === 'Escape' && document.querySelector('[data-fold][open]');
  if (!fold || fold.closest(':popover-open')) return;
  fold.open = false;
  fold.querySelector('summary').focus();
});

// Pictures compared by a slider: the input does all the work.
document.addEventListener('input', (event) => {
  const box = event.target.closest('[data-compare]');
  if (box) box.style.setProperty('--at', `${event.target.value}%`);
});

// Sheets take the focus when they open and keep it until they close; the browser gives it back to the opener.
const sheets = ':is(.sheet, .nav, .finder, .facets):popover-open';
document.addEventListener(
  'toggle',
  ({ newState, target }) => {
    if (newState !== 'open' || !target.matches(sheets) || target.contains(document.activeElement))
      return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  },
  true,
);
document.addEventListener('keydown', (event) => {
  const sheet = event.key === 'Tab' && [...document.querySelectorAll(sheets)].at(-1);
  if (!sheet) return;
  const stops = [...sheet.querySelectorAll('a[href], button, input, select, textarea, summary')];
  const seen = stops.filter((stop) => !stop.disabled && stop.checkVisibility());
  const inside = sheet.contains(document.activeElement);
  const edge = event.shiftKey ? seen[0] : seen.at(-1);
  const atEdge = document.activeElement === edge || document.activeElement === sheet;
  if (inside && !(atEdge && (event.shiftKey || document.activeElement === edge))) return;
  event.preventDefault();
  (event.shiftKey ? seen.at(-1) : seen[0])?.focus();
});

// The head of the page leaves on the way down and is back on the way up.
let last = 0;
document.addEventListener(
  'scroll',
  () => {
    const now = Math.max(0, scrollY);
    if (Math.abs(now - last) < 8) return;
    root.toggleAttribute('data-away', now > last && now > 200);
    root.toggleAttribute('data-down', now > 40);
    last = now;
  },
  { passive: true },
);

/** Shows a text for eight seconds; other modules ask for it by the event `say`. */
let timer = 0;
document.addEventListener('say', ({ detail }) => {
  const toast = document.querySelector('[data-toast]');
  const text = toast.querySelector('[data-toast-text]');
  if (!toast.matches(':popover-open')) toast.showPopover();
  text.textContent = text.dataset[detail] ?? detail;
  clearTimeout(timer);
  timer = setTimeout(() => toast.hidePopover(), 8000);
});

// A film without sound runs when it is seen and when nobody asked for less motion.
const films = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries)
    if (isIntersecting) target.play().catch(() => {});
    else target.pause();
});
if (!matchMedia('(prefers-reduced-motion: reduce)').matches)
  addEventListener('load', () => {
    for (const film of document.querySelectorAll('[data-video]')) films.observe(film);
  });
