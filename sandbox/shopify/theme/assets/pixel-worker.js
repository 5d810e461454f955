// The strict sandbox: standard `register` API over messages. What a worker could use to reach out is taken away.
(() => {
  const post = self.postMessage.bind(self);
  const load = self.importScripts.bind(self);
  const subscribers = new Map();
  const consentSubscribers = [];
  const waiting = new Map();
  let calls = 0;
  for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'importScripts', 'indexedDB', 'caches']) self[name] = undefined;
  const call = (name, ...args) => new Promise((resolve) => {
    calls += 1;
    waiting.set(calls, resolve);
    post({ call: name, args, id: calls });
  });
  self.onmessage = ({ data }) => {
    if (data.settings) {
      self.shopify = {
        extend: (_point, run) => run({
          analytics: { subscribe: (name, handler) => { subscribers.set(name, [...(subscribers.get(name) ?? []), handler]); } },
          browser: {
            localStorage: { getItem: (key) => call('localStorage.getItem', key), setItem: (key, value) => call('localStorage.setItem', key, value) },
            sendBeacon: (url, body) => call('sendBeacon', url, body),
          },
          customerPrivacy: { subscribe: (_name, handler) => { consentSubscribers.push(handler); } },
          init: { context: {}, data: {}, customerPrivacy: data.privacy },
          settings: data.settings,
        }),
      };
      load('/sandbox/pixel.js');
      post({ ready: true });
    }
    if (data.event) for (const name of [data.event.name, 'all_standard_events']) for (const run of subscribers.get(name) ?? []) run(data.event);
    if (data.consent) for (const run of consentSubscribers) run({ customerPrivacy: data.consent });
    if (data.answer) {
      waiting.get(data.answer)?.(data.value);
      waiting.delete(data.answer);
    }
  };
})();
