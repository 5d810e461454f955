<?php
/**
 * Which Trellis account this store belongs to, and whether the merchant agreed to it.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Connection;

use Trellis\WooCommerce\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * The options `trellis_opt_in` (the merchant's agreement) and `trellis_connection` (what the app handed over).
 */
final class Connection {

	const OPTION = 'trellis_connection';
	const OPT_IN = 'trellis_opt_in';

	/** For whoever hands the plugin out together with an app of theirs; '' lets the merchant type the address. */
	const DEFAULT_APP = '';

	/**
	 * What the app handed over, or null while the store is not connected. A copy of a connected store is not.
	 *
	 * @return array{shopId: string, appUrl: string, secret: string, connectedAt: int, keyId: int, site: string}|null
	 */
	public static function get() {
		$stored = self::stored();
		return $stored && '' === self::original_of( $stored ) ? $stored : null;
	}

	/**
	 * Where this is a copy (a staging site has the original's database): the original's address, else ''. What a copy
	 * did in the original's name would be counted there, and disconnecting it would take the original down.
	 */
	public static function copy_of() {
		$stored = self::stored();
		return $stored ? self::original_of( $stored ) : '';
	}

	/**
	 * The address of which a connection is, where that is not this store's; else ''.
	 *
	 * @param array $stored The connection.
	 */
	private static function original_of( array $stored ) {
		return '' !== $stored['site'] && self::site() !== $stored['site'] ? $stored['site'] : '';
	}

	/**
	 * The store has moved: the connection is this address's from now on.
	 */
	public static function move() {
		$stored = self::stored();
		if ( $stored ) {
			update_option( self::OPTION, array_merge( $stored, array( 'site' => self::site() ) ), true );
		}
	}

	/**
	 * The option, complete.
	 */
	private static function stored() {
		$stored = get_option( self::OPTION );
		if ( ! is_array( $stored ) || ! isset( $stored['shopId'], $stored['appUrl'], $stored['secret'] ) ) {
			return null;
		}
		return array_merge(
			array(
				'connectedAt' => 0,
				'keyId'       => 0,
				'site'        => '',
			),
			$stored
		);
	}

	/**
	 * This store's address, as far as it tells stores apart.
	 */
	private static function site() {
		return (string) preg_replace( '#^https?://(www\.)?#', '', strtolower( untrailingslashit( (string) get_option( 'home' ) ) ) );
	}

	/**
	 * The merchant's agreement, or null: before it nothing is sent to anybody.
	 *
	 * @return array{at: int, by: int, appUrl: string}|null
	 */
	public static function opted_in() {
		$stored = get_option( self::OPT_IN );
		return is_array( $stored ) && isset( $stored['appUrl'] ) ? $stored : null;
	}

	/**
	 * Remembers who agreed to what, when.
	 *
	 * @param string $app_url Address of the app that the merchant agreed to.
	 */
	public static function opt_in( $app_url ) {
		$agreed = array(
			'at'     => time(),
			'by'     => get_current_user_id(),
			'appUrl' => $app_url,
		);
		update_option( self::OPT_IN, $agreed, false );
	}

	/**
	 * Has the options stand that every page reads, and reads with all others.
	 */
	public static function prepare() {
		add_option( self::OPTION, '', '', true );
		add_option( Settings::OPTION, Settings::parse( array() ), '', true );
	}

	/**
	 * Whether there was a connection ever: without one nothing can be published.
	 */
	public static function was_made() {
		return is_array( get_option( self::OPTION ) );
	}

	/**
	 * Stores what the app handed over.
	 *
	 * @param array $connection shopId, appUrl, secret, keyId.
	 */
	public static function set( array $connection ) {
		$more = array(
			'connectedAt' => time(),
			'site'        => self::site(),
		);
		// Whether something is measured is asked by every page that sells.
		update_option( self::OPTION, array_merge( $connection, $more ), true );
		self::prepare();
	}

	/**
	 * Forgets account, agreement and everything that was remembered of them.
	 */
	public static function forget() {
		update_option( self::OPTION, '', true );
		delete_option( self::OPT_IN );
	}

	/**
	 * Address of the app, without a slash at its end: `TRELLIS_APP_URL` in wp-config.php or the filter of that name first,
	 * then what the merchant agreed to. '' where none is known.
	 */
	public static function app_url() {
		$agreed = self::opted_in();
		$url    = defined( 'TRELLIS_APP_URL' ) ? (string) constant( 'TRELLIS_APP_URL' ) : ( $agreed ? $agreed['appUrl'] : self::DEFAULT_APP );
		/**
		 * Changes which Trellis this store talks to.
		 *
		 * @param string $url Address of the app.
		 */
		return App_Address::clean( (string) apply_filters( 'trellis_app_url', $url ), self::is_local() );
	}

	/**
	 * True where the address of the app is not the merchant's to type.
	 */
	public static function app_url_is_fixed() {
		return defined( 'TRELLIS_APP_URL' ) || has_filter( 'trellis_app_url' );
	}

	/**
	 * True on a developer's machine: there the app may answer by plain http on this machine.
	 */
	public static function is_local() {
		return in_array( wp_get_environment_type(), array( 'local', 'development' ), true );
	}
}
