/**
 * Runs inline in the head: puts the progress bar at the beginning of the theme's main part as soon as it is there,
 * and the suggestions at its end as soon as the parser has left it, so before anything below is painted for the
 * first time. Later they would push it down.
 */
const content = (id: string): DocumentFragment | undefined =>
  document.querySelector<HTMLTemplateElement>(`template#trellis-${id}`)?.content;
const atTop = content('goals');
const atEnd = content('upsell');

function isParsed(element: Element): boolean {
  for (let place: Element | null = element; place && place !== document.body; place = place.parentElement) {
    if (place.nextElementSibling) return true;
  }
  return document.readyState !== 'loading';
}

if (document.documentElement.dataset['trellisHeld'] === undefined) {
  const place = (): void => {
    const main = document.querySelector('__TRELLIS_MAIN__');
    if (!main) return;
    // A test may want the suggestions at the beginning too.
    if (atEnd && document.documentElement.dataset['trellisPlace'] === 'top') main.prepend(atEnd);
    if (atTop) main.prepend(atTop);
    if (!isParsed(main)) return;
    observer.disconnect();
    document.removeEventListener('readystatechange', place);
    if (atEnd) main.append(atEnd);
  };
  const observer = new MutationObserver(place);
  observer.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener('readystatechange', place);
}
