// The product page: choosing a variant, looking closer, the bar that buys, sharing.
let latest = 0;
const regions = () => document.querySelectorAll('[data-swap]');
const section = () => document.querySelector('[data-product]').closest('[data-section-id]');

document.addEventListener('click', async (event) => {
  const link = event.target.closest('[data-choice]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const mine = ++latest;
  const label = link.closest('[role=group]').getAttribute('aria-label');
  const value = link.textContent.trim();
  try {
    const joint = link.href.includes('?') ? '&' : '?';
    const url = `${link.href}${joint}section_id=${section().dataset.sectionId}`;
    const answer = await fetch(url, { headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (mine !== latest) return;
    if (!page.querySelector('[data-product]')) throw new Error('no product');
    for (const region of regions()) {
      const fresh = page.querySelector(`[data-swap="${region.dataset.swap}"]`);
      if (!fresh || fresh.innerHTML === region.innerHTML) continue;
      const quantity = region.querySelector('input[name=quantity]')?.value;
      region.replaceChildren(...fresh.childNodes);
      const input = region.querySelector('input[name=quantity]');
      if (quantity && input) input.value = quantity;
    }
    history.replaceState(history.state, '', link.href);
    for (const one of document.querySelectorAll('[data-choice]'))
      if (
        one.closest('[role=group]').getAttribute('aria-label') === label &&
        one.textContent.trim().startsWith(value.split(' (')[0])
      )
        one.focus();
    watch();
  } catch {
    location.href = link.href;
  }
});

// All pictures in one large row; the browser's own scrolling and pinching do the rest.
document.addEventListener('click', (event) => {
  const picture = event.target.closest('[data-zoom]');
  const box = document.querySelector('[data-zoom-box]');
  if (!picture || !box) return;
  const all = [...document.querySelectorAll('[data-zoom]')];
  const row = box.querySelector('.zoom__in');
  row.replaceChildren(
    ...all.map((one) => {
      const image = new Image();
      image.src = one.dataset.zoom;
      image.alt = one.querySelector('img').alt;
      image.loading = 'lazy';
      return image;
    }),
  );
  box.showModal();
  row.children[all.indexOf(picture)].scrollIntoView({ behavior: 'instant' });
  row.focus();
});

document.addEventListener('keydown', (event) => {
  const row = event.target.closest?.('.zoom__in');
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!row || !step) return;
  event.preventDefault();
  row.scrollBy({ left: step * row.clientWidth, behavior: 'smooth' });
});

document.addEventListener(
  'scroll',
  (event) => {
    const row = event.target;
    if (!row.matches?.('[data-gallery]')) return;
    const at = Math.round(Math.abs(row.scrollLeft) / row.firstElementChild.clientWidth);
    const place = row.parentElement.querySelector('[data-gallery-pos]');
    const format = new Intl.NumberFormat(document.documentElement.lang);
    if (place)
      place.textContent = `${format.format(at + 1)} / ${format.format(row.children.length)}`;
  },
  { capture: true, passive: true },
);

// The bar shows while the button itself is out of sight.
const seen = new IntersectionObserver(([entry]) => {
  const bar = document.querySelector('[data-stick]');
  if (bar)
    bar.hidden = entry.isIntersecting || entry.boundingClientRect.top > 0 || entry.target.disabled;
});
function watch() {
  seen.disconnect();
  const button = document.querySelector('[data-buy]');
  if (button) seen.observe(button);
}
watch();

document.addEventListener('click', async (event) => {
  if (!event.target.closest('[data-share]')) return;
  const url = location.href.split('#')[0];
  try {
    if (navigator.share) await navigator.share({ title: document.title, url });
    else {
      await navigator.clipboard.writeText(url);
      document.dispatchEvent(new CustomEvent('say', { detail: 'copied' }));
    }
  } catch {
    // Closing the sheet of the system is no failure.
  }
});
