// Asking the archive: Enter sends, one press sends once, and a waiting asker is told so.
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-ask]')) {
  const box = form.querySelector('textarea');
  const status = form.querySelector<HTMLElement>('[data-status]') ?? document.querySelector<HTMLElement>('[data-status]');
  box?.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', event => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    if (status) status.textContent = form.dataset.waiting ?? '';
  });
}
// Back by the browser's own button, a form can be sent again.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-ask]')) delete form.dataset.sent;
  for (const status of document.querySelectorAll<HTMLElement>('[data-status]')) status.textContent = '';
});
// The answer that was just given is where reading goes on.
if (/^#q\d+$/.test(location.hash)) document.querySelector<HTMLElement>(location.hash)?.focus();
