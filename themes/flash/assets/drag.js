// A range input draws the border between two pictures: keyboard and touch come with it.
document.addEventListener('input', ({ target }) => {
  if (target.matches('[data-drag]')) target.parentElement.style.setProperty('--at', target.value);
});
