// Stand-in for Shopify's web pixel manager: runs the app's pixel in a worker that has no page, no network of its
// own and only what `register` hands over. It starts after consent; events before it are kept and told then.
(() => {
  // What the page before was left with comes first.
  const untold = JSON.parse(sessionStorage.getItem('sandbox-untold') ?? '[]');
  sessionStorage.removeItem('sandbox-untold');
  const events = [...untold, ...JSON.parse(document.getElementById('sandbox-events')?.textContent ?? '[]')];
  const settings = JSON.parse(document.getElementById('sandbox-pixel')?.textContent ?? 'null');
  if (!settings) return;
  const privacy = window.Shopify.customerPrivacy;
  let worker = null;
  const envelope = (event, seq) => ({
    id: crypto.randomUUID(), name: event.name, type: 'standard', clientId: '', seq,
    timestamp: new Date().toISOString(), context: { document: { location: { href: location.href } } }, data: event.data,
  });
  let told = 0;
  // Told, and no answer yet: the worker ends with the page, and what it was at work with would be lost.
  let sent = 0;
  addEventListener('pagehide', () => {
    if (worker && sent < told) sessionStorage.setItem('sandbox-untold', JSON.stringify(events.slice(sent, told)));
  });
  const tell = () => {
    while (worker && told < events.length) {
      worker.postMessage({ event: envelope(events[told], told) });
      told += 1;
    }
  };
  const calls = {
    'localStorage.getItem': (key) => localStorage.getItem(key),
    'localStorage.setItem': (key, value) => localStorage.setItem(key, value),
    sendBeacon: (url, body) => {
      sent = told;
      return navigator.sendBeacon(url, body);
    },
  };
  const start = () => {
    if (worker || !privacy.analyticsProcessingAllowed()) return;
    worker = new Worker('/sandbox/pixel-worker.js');
    worker.onmessage = ({ data }) => {
      if (data.ready) tell();
      else if (data.call in calls) worker.postMessage({ answer: data.id, value: calls[data.call](...data.args) });
    };
    worker.postMessage({ settings, privacy: { analyticsProcessingAllowed: true } });
  };
  document.addEventListener('visitorConsentCollected', () => {
    worker?.postMessage({ consent: { analyticsProcessingAllowed: privacy.analyticsProcessingAllowed() } });
    start();
  });
  // Cart changes by script leave no new page that would carry their events.
  const plainFetch = window.fetch.bind(window);
  window.fetch = async (...args) => {
    const response = await plainFetch(...args);
    const url = String(args[0]?.url ?? args[0]);
    if (/\/cart\/(add|change|update|clear)(\.js)?$/.test(new URL(url, location.href).pathname)) {
      events.push(...(await (await plainFetch('/sandbox/events')).json()));
      tell();
    }
    return response;
  };
  start();
})();
