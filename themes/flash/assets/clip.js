// A silent clip plays while it is seen, unless the shopper stops it, wants less motion or saves data.
const still =
  matchMedia('(prefers-reduced-motion: reduce)').matches || navigator.connection?.saveData;
const switchOf = (clip) => clip.parentElement.querySelector('[data-clip-stop]');
const isStopped = (clip) => switchOf(clip)?.getAttribute('aria-pressed') === 'true';

const eye = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting && !isStopped(target)) target.play().catch(() => {});
      else target.pause();
  },
  { threshold: 0.4 },
);

for (const clip of document.querySelectorAll('video[data-clip]')) {
  const stop = switchOf(clip);
  stop?.setAttribute('aria-pressed', String(Boolean(still)));
  stop?.removeAttribute('hidden');
  if (stop || !still) eye.observe(clip);
}

document.addEventListener('click', ({ target }) => {
  const stop = target.closest('[data-clip-stop]');
  if (!stop) return;
  const stopping = stop.getAttribute('aria-pressed') === 'false';
  stop.setAttribute('aria-pressed', String(stopping));
  const clip = stop.parentElement.querySelector('video');
  if (stopping) clip.pause();
  else clip.play().catch(() => {});
});
