// A film is fetched when somebody asks for it, and not before.
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-play]');
  if (!link) return;
  event.preventDefault();
  const player = document.createElement(link.dataset.play === 'file' ? 'video' : 'iframe');
  player.src = link.dataset.src || link.href;
  if (link.dataset.play === 'file') Object.assign(player, { controls: true, autoplay: true });
  else Object.assign(player, { allow: 'autoplay; fullscreen', title: link.ariaLabel });
  const box = link.parentElement;
  for (const rest of box.querySelectorAll('[data-play], p')) rest.remove();
  box.append(player);
  player.focus();
});
