<?php
/**
 * Notes on other admin pages.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Connection\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * One dismissible note where a connected store needs attention, on the pages of WooCommerce, the dashboard and the plugins.
 * Nothing is asked for it: it shows what is known.
 */
final class Notices {

	const DISMISSED = 'trellis_dismissed';

	const SCREENS = array( 'dashboard', 'plugins', 'woocommerce_page_wc-settings', 'woocommerce_page_wc-status', 'woocommerce_page_wc-orders' );

	/**
	 * Hooks the note and its dismissal in.
	 */
	public static function start() {
		add_action( 'admin_notices', array( __CLASS__, 'show' ) );
		add_action( 'wp_ajax_trellis_dismiss', array( __CLASS__, 'dismiss' ) );
	}

	/**
	 * Prints the note.
	 */
	public static function show() {
		$screen = get_current_screen();
		if ( ! $screen || ! in_array( $screen->id, self::SCREENS, true ) || ! current_user_can( 'manage_woocommerce' ) || ( null === Connection::get() && '' === Connection::copy_of() ) ) { // phpcs:ignore WordPress.WP.Capabilities.Unknown -- WooCommerce adds this capability.
			return;
		}
		$codes = self::codes();
		if ( array() === $codes || get_user_meta( get_current_user_id(), self::DISMISSED, true ) === self::mark( $codes ) ) {
			return;
		}
		wp_enqueue_script( 'trellis-admin', plugins_url( 'admin/admin.js', TRELLIS_WOOCOMMERCE_FILE ), array(), TRELLIS_WOOCOMMERCE_VERSION, true );
		printf(
			'<div class="notice notice-warning is-dismissible" data-trellis-dismiss="%1$s"><p>%2$s <a href="%3$s">%4$s</a></p></div>',
			esc_url( wp_nonce_url( admin_url( 'admin-ajax.php?action=trellis_dismiss' ), 'trellis_dismiss' ) ),
			esc_html__( 'Trellis needs your attention.', 'trellis-for-woocommerce' ),
			esc_url( Page::url() ),
			esc_html__( 'See what to do', 'trellis-for-woocommerce' )
		);
	}

	/**
	 * Remembers for this user that the note was seen; another problem brings it back.
	 */
	public static function dismiss() {
		check_ajax_referer( 'trellis_dismiss' );
		if ( ! current_user_can( 'manage_woocommerce' ) ) { // phpcs:ignore WordPress.WP.Capabilities.Unknown -- WooCommerce adds this capability.
			wp_send_json_error( null, 403 );
		}
		update_user_meta( get_current_user_id(), self::DISMISSED, self::mark( self::codes() ) );
		wp_send_json_success();
	}

	/**
	 * Codes of what is wrong, as far as it is known.
	 *
	 * @return string[]
	 */
	private static function codes() {
		if ( '' !== Connection::copy_of() ) {
			return array( 'copy' );
		}
		$last  = Numbers::last();
		$said  = $last && $last['answer'] ? $last['answer'] : null;
		$codes = array_column( Health::quick(), 'code' );
		$codes = array_merge( $codes, $said ? array_column( $said['problems'], 'code' ) : array() );
		if ( $said && 'needs-attention' === $said['status'] ) {
			$codes[] = 'needs-attention';
		}
		return array_values( array_unique( $codes ) );
	}

	/**
	 * A short mark of some codes.
	 *
	 * @param string[] $codes See codes().
	 */
	private static function mark( array $codes ) {
		return substr( md5( implode( ' ', $codes ) ), 0, 12 );
	}
}
