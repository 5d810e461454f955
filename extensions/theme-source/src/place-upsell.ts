/**
 * Runs inline in the head: puts the upsell at the end of the theme's main part as soon as the parser has left it,
 * and so before the footer is painted for the first time. Later it would push the footer down.
 */
const template = document.getElementById('trellis-upsell');

function isParsed(element: Element): boolean {
  for (let place: Element | null = element; place && place !== document.body; place = place.parentElement) {
    if (place.nextElementSibling) return true;
  }
  return document.readyState !== 'loading';
}

if (template instanceof HTMLTemplateElement && document.documentElement.dataset['trellisHeld'] === undefined) {
  const place = (): void => {
    const main = document.querySelector('main,[role=main]');
    if (!main || !isParsed(main)) return;
    observer.disconnect();
    document.removeEventListener('readystatechange', place);
    main.append(template.content);
  };
  const observer = new MutationObserver(place);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener('readystatechange', place);
}
