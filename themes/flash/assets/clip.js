// A silent clip plays while it is seen, unless the shopper wants less motion or saves data.
const still =
  matchMedia('(prefers-reduced-motion: reduce)').matches || navigator.connection?.saveData;
if (!still) {
  const eye = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries)
        if (isIntersecting) target.play().catch(() => {});
        else target.pause();
    },
    { threshold: 0.4 },
  );
  for (const clip of document.querySelectorAll('video[data-clip]')) eye.observe(clip);
}
