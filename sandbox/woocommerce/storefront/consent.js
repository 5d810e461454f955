// Stand-in for the WP Consent API with a small bar. Consent is asked for everywhere.
(() => {
  const name = 'wp_consent_statistics';
  const read = () => new RegExp(`(?:^|; )${name}=(allow|deny)`).exec(document.cookie)?.[1] ?? '';
  window.wp_has_consent = (category) => category === 'statistics' && read() === 'allow';
  const choose = (value) => {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
    document.querySelector('.consent-bar')?.remove();
    document.dispatchEvent(new CustomEvent('wp_listen_for_consent_change', { detail: { statistics: value } }));
  };
  document.addEventListener('DOMContentLoaded', () => {
    if (read() !== '') return;
    const bar = document.createElement('div');
    bar.className = 'consent-bar';
    bar.setAttribute('role', 'region');
    bar.setAttribute('aria-label', 'Cookie consent');
    const question = document.createElement('span');
    question.textContent = 'May this shop count what you look at?';
    bar.append(question);
    for (const [label, value] of [
      ['Accept', 'allow'],
      ['Decline', 'deny'],
    ]) {
      const button = document.createElement('button');
      button.className = 'button';
      button.textContent = label;
      button.addEventListener('click', () => choose(value));
      bar.append(button);
    }
    document.body.append(bar);
  });
})();
