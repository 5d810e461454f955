/* Keeps the figures of a running import fresh, and remembers that a note was dismissed. */
( function () {
	const every = 10000;

	async function refresh() {
		const shown = document.querySelector( '#trellis-status[data-trellis-poll]' );
		if ( ! shown ) {
			return;
		}
		if ( ! document.hidden && ! shown.contains( document.activeElement ) ) {
			try {
				const response = await fetch( location.href, { credentials: 'same-origin' } );
				const page = new DOMParser().parseFromString( await response.text(), 'text/html' );
				const fresh = page.getElementById( 'trellis-status' );
				if ( fresh ) {
					shown.replaceWith( fresh );
				}
			} catch {
				// The next try comes by itself.
			}
		}
		setTimeout( refresh, every );
	}
	setTimeout( refresh, every );

	document.addEventListener( 'click', ( event ) => {
		const note = event.target.closest( '.notice-dismiss' )?.closest( '[data-trellis-dismiss]' );
		if ( note ) {
			void fetch( note.dataset.trellisDismiss, { method: 'POST', credentials: 'same-origin' } );
		}
	} );
} )();
