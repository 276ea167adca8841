// The sheet to share a place on: by the browser's own position, or typed by hand (that form is posted like any other).

/**
 * @param {HTMLElement} phone the chat, with the sheet in it
 * @param {HTMLElement} fallback takes the focus where what opened the sheet is gone
 * @param {(latitude: number, longitude: number) => void} onPosition
 */
export const serveLocationSheet = (phone, fallback, onPosition) => {
  const sheet = /** @type {HTMLElement} */ (phone.querySelector('#share-location'));
  /** @param {string} selector @returns {HTMLElement} */
  const part = (selector) => /** @type {HTMLElement} */ (sheet.querySelector(selector));
  const failed = part('#position-failed');
  const behindSheet = [...phone.children].filter((child) => child !== sheet);
  /** @type {HTMLElement | null} */
  let openedBy = null;
  const closeSheet = () => {
    sheet.classList.remove('open');
    for (const child of behindSheet) child.toggleAttribute('inert', false);
    (openedBy?.isConnected ? openedBy : fallback).focus();
  };
  const openSheet = () => {
    openedBy = /** @type {HTMLElement | null} */ (document.activeElement);
    failed.hidden = true;
    sheet.classList.add('open');
    for (const child of behindSheet) child.toggleAttribute('inert', true);
    sheet.focus();
  };
  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    const action = /** @type {HTMLElement | null} */ (target.closest('[data-action]'))?.dataset.action;
    if (action === 'open-location' || action === 'close-location') {
      event.preventDefault();
      if (action === 'open-location') openSheet();
      else closeSheet();
    } else if (target === sheet) closeSheet();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && sheet.classList.contains('open')) closeSheet();
  });
  const usePosition = part('#use-position');
  usePosition.hidden = !('geolocation' in navigator);
  usePosition.addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => {
        onPosition(latitude, longitude);
        closeSheet();
      },
      () => {
        failed.hidden = false;
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  });
  return { close: closeSheet };
};
