<?php
/**
 * The key that the app uses.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce lets keys be made, but neither named nor revoked by code: this reads and deletes the one row that the app
 * showed when it connected, so that a merchant who disconnects has nothing left to clean up.
 */
final class Keys {

	/**
	 * Number of the key of this very request; 0 where it came without one.
	 */
	public static function current() {
		global $wpdb;
		$key = self::shown();
		if ( ! preg_match( '/^ck_[0-9a-f]{40}$/', $key ) ) {
			return 0;
		}
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WooCommerce has no function for it.
		return (int) $wpdb->get_var( $wpdb->prepare( "SELECT key_id FROM {$wpdb->prefix}woocommerce_api_keys WHERE consumer_key = %s", wc_api_hash( $key ) ) );
	}

	/**
	 * Deletes a key.
	 *
	 * @param int $key_id Number of the key; 0 does nothing.
	 */
	public static function revoke( $key_id ) {
		global $wpdb;
		if ( $key_id > 0 ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WooCommerce has no function for it.
			$wpdb->delete( $wpdb->prefix . 'woocommerce_api_keys', array( 'key_id' => $key_id ), array( '%d' ) );
		}
	}

	/**
	 * The key as WooCommerce read it: Basic, query, or OAuth in query or header.
	 */
	private static function shown() {
		// phpcs:disable WordPress.Security.NonceVerification, WordPress.Security.ValidatedSanitizedInput -- WooCommerce has checked the key; its form is checked above.
		foreach ( array( 'consumer_key', 'oauth_consumer_key' ) as $name ) {
			if ( isset( $_GET[ $name ] ) && is_string( $_GET[ $name ] ) ) {
				return wp_unslash( $_GET[ $name ] );
			}
		}
		if ( isset( $_SERVER['PHP_AUTH_USER'] ) ) {
			return (string) wp_unslash( $_SERVER['PHP_AUTH_USER'] );
		}
		$header = isset( $_SERVER['HTTP_AUTHORIZATION'] ) ? (string) wp_unslash( $_SERVER['HTTP_AUTHORIZATION'] ) : '';
		// phpcs:enable
		return preg_match( '/oauth_consumer_key="(ck_[0-9a-f]{40})"/', $header, $found ) ? $found[1] : '';
	}
}
