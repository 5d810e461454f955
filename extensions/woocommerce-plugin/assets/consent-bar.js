/**
 * The small bar that asks for consent where the store has no tool for it. It speaks as the WP Consent API does:
 * window.wp_has_consent and the event wp_listen_for_consent_change.
 */
( function () {
	// Remembering the answer itself needs no consent: it is what the visitor asked for.
	const key = '_trellis_consent';
	const bar = document.getElementById( 'trellis-consent' );
	let answer = null;
	try {
		answer = localStorage.getItem( key );
	} catch {
		// Blocked storage: nothing can be remembered, so nothing is asked and nothing measured.
		answer = 'deny';
	}
	window.wp_has_consent = window.wp_has_consent || ( () => answer === 'allow' );
	if ( ! bar ) {
		return;
	}
	bar.hidden = answer !== null;
	document.addEventListener( 'click', ( event ) => {
		const button = event.target.closest( '[data-consent]' );
		const choice = button && button.dataset.consent;
		if ( ! choice ) {
			return;
		}
		if ( choice === 'ask' ) {
			bar.hidden = false;
			bar.querySelector( 'button' ).focus();
			return;
		}
		answer = choice;
		localStorage.setItem( key, choice );
		bar.hidden = true;
		document.dispatchEvent( new CustomEvent( 'wp_listen_for_consent_change', { detail: { statistics: choice } } ) );
	} );
} )();
