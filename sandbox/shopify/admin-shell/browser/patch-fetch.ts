const retryHeader = 'X-Shopify-Retry-Invalid-Session-Request';

/** Requests to the app's own origin carry a fresh session token; one that the app calls stale is tried once more. */
export function patchFetch(idToken: () => Promise<string>): void {
  const native = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== location.origin || request.headers.has('authorization')) return native(request);
    const again = request.clone();
    request.headers.set('Authorization', `Bearer ${await idToken()}`);
    const response = await native(request);
    if (!response.headers.has(retryHeader)) return response;
    again.headers.set('Authorization', `Bearer ${await idToken()}`);
    return native(again);
  };
}
