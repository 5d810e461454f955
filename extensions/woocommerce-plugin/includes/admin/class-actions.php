<?php
/**
 * What the merchant presses on our page.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Connection\App_Address;
use Trellis\WooCommerce\Connection\Client;
use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Forget;
use Trellis\WooCommerce\Rest\Keys;
use Trellis\WooCommerce\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Forms of the page, sent to admin-post.php. Each asks for the capability and a nonce of its own.
 */
final class Actions {

	const NAMES = array( 'connect', 'open', 'refresh', 'settings', 'disconnect', 'moved', 'forget' );

	/**
	 * Hooks the forms in.
	 */
	public static function start() {
		foreach ( self::NAMES as $name ) {
			add_action(
				'admin_post_trellis_' . $name,
				static function () use ( $name ) {
					if ( ! current_user_can( 'manage_woocommerce' ) ) { // phpcs:ignore WordPress.WP.Capabilities.Unknown -- WooCommerce adds this capability.
						wp_die( esc_html__( 'You may not manage WooCommerce in this store.', 'trellis-for-woocommerce' ), '', array( 'response' => 403 ) );
					}
					check_admin_referer( 'trellis_' . $name );
					call_user_func( array( __CLASS__, $name ) );
					exit;
				}
			);
		}
	}

	/**
	 * The merchant agrees and goes to the app, which asks this store for keys.
	 */
	private static function connect() {
		// phpcs:disable WordPress.Security.NonceVerification.Missing -- checked in start().
		if ( empty( $_POST['agree'] ) ) {
			self::back( 'not-agreed' );
			return;
		}
		$typed = isset( $_POST['app_url'] ) ? sanitize_text_field( wp_unslash( $_POST['app_url'] ) ) : '';
		// phpcs:enable
		$app_url = Connection::app_url_is_fixed() ? Connection::app_url() : App_Address::clean( $typed, Connection::is_local() );
		if ( '' === $app_url ) {
			self::back( 'bad-address' );
			return;
		}
		Connection::opt_in( $app_url );
		self::go_to_app( $app_url . '/connect/woocommerce?store=' . rawurlencode( home_url() ), $app_url );
	}

	/**
	 * Fetches a link that signs in once and goes there.
	 */
	private static function open() {
		$connection = Connection::get();
		$answer     = Client::call( 'POST', '/plugin/woocommerce/sign-in', array(), array( 'to' => '/' ), 10.0 );
		$url        = is_array( $answer ) && isset( $answer['url'] ) && is_string( $answer['url'] ) ? $answer['url'] : '';
		if ( null === $connection || ! App_Address::leads_to( $url, $connection['appUrl'] ) ) {
			self::back( 'no-sign-in' );
			return;
		}
		self::go_to_app( $url, $connection['appUrl'] );
	}

	/**
	 * Asks the app and this store anew.
	 */
	private static function refresh() {
		Health::clear();
		Numbers::get( true );
		self::back( '' );
	}

	/**
	 * Stores the settings.
	 */
	private static function settings() {
		// phpcs:disable WordPress.Security.NonceVerification.Missing -- checked in start().
		$placed = array();
		foreach ( Settings::PLACEMENTS as $name ) {
			$placed[ $name ] = isset( $_POST['placements'][ $name ] );
		}
		$consent = isset( $_POST['consent'] ) ? sanitize_key( wp_unslash( $_POST['consent'] ) ) : '';
		// phpcs:enable
		Settings::set(
			array(
				'consent'    => $consent,
				'placements' => $placed,
			)
		);
		do_action( 'trellis_published', 'settings' );
		self::back( 'saved' );
	}

	/**
	 * Tells the app, then forgets all of it: webhooks and the key too, so that nothing leaves afterwards. An app that
	 * does not answer holds nobody.
	 */
	private static function disconnect() {
		$connection = Connection::get();
		$told       = true;
		if ( $connection ) {
			$told = ! is_wp_error( Client::call( 'POST', '/plugin/woocommerce/disconnect', array(), array(), 5.0 ) );
			foreach ( Health::webhooks() as $webhook ) {
				$webhook->delete( true );
			}
			Keys::revoke( (int) $connection['keyId'] );
		}
		Connection::forget();
		Forget::begin();
		self::back( $told ? 'disconnected' : 'disconnected-alone' );
	}

	/**
	 * The store has another address now.
	 */
	private static function moved() {
		Connection::move();
		self::back( '' );
	}

	/**
	 * A copy forgets whose copy it is; the app hears nothing of it.
	 */
	private static function forget() {
		$app_url = Connection::app_url();
		foreach ( '' === Connection::copy_of() ? array() : Health::webhooks_to( $app_url ) as $webhook ) {
			$webhook->delete( true );
		}
		Connection::forget();
		Forget::begin();
		self::back( 'forgotten' );
	}

	/**
	 * Back to our page.
	 *
	 * @param string $said Code of a message, see Page::said.
	 */
	private static function back( $said ) {
		wp_safe_redirect( Page::url( '' === $said ? array() : array( 'said' => $said ) ) );
	}

	/**
	 * To the app and to no other host.
	 *
	 * @param string $url     Where to.
	 * @param string $app_url The app.
	 */
	private static function go_to_app( $url, $app_url ) {
		$host = (string) wp_parse_url( $app_url, PHP_URL_HOST );
		add_filter(
			'allowed_redirect_hosts',
			static function ( $hosts ) use ( $host ) {
				$hosts[] = $host;
				return $hosts;
			}
		);
		nocache_headers();
		wp_safe_redirect( $url, 303 );
	}
}
