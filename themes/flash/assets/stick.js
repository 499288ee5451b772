// The buy bar comes when the first buy button has left the screen, and goes when it is back.
const bar = document.querySelector('[data-stick]');
const button = document.querySelector('#buy [data-buy]');
if (bar && button && bar.dataset.stick !== 'always')
  new IntersectionObserver(([entry]) => {
    const away = !entry.isIntersecting && entry.boundingClientRect.top < 0;
    bar.toggleAttribute('data-away', !away);
  }).observe(button);
