<?php
/**
 * The routes by which the app writes into the store.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Rest;

use Trellis\WooCommerce\Admin\Health;
use Trellis\WooCommerce\Admin\Numbers;
use Trellis\WooCommerce\Codes\Code_Rules;
use Trellis\WooCommerce\Connection\App_Address;
use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Forget;
use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * Namespace `wc-trellis/v1`: WooCommerce's keys work only below `wc/` and `wc-…`.
 */
final class Routes {

	const PLACE = 'wc-trellis/v1';

	/** Bytes of a publication that may come along with every request of the store. */
	const MOST_AT_HAND = 50000;

	/**
	 * Registers them.
	 */
	public static function register() {
		$route = static function ( $methods, $callback ) {
			return array(
				'methods'             => $methods,
				'callback'            => array( __CLASS__, $callback ),
				'permission_callback' => array( __CLASS__, 'may' ),
			);
		};
		register_rest_route( self::PLACE, '/status', array( $route( 'GET', 'status' ) ) );
		// Whose key is gone may still ask whether anything is left.
		$open = array( 'permission_callback' => '__return_true' );
		register_rest_route( self::PLACE, '/connection', array( array_merge( $route( 'GET', 'connection' ), $open ), $route( 'POST, PUT, PATCH', 'connect' ), $route( 'DELETE', 'disconnect' ) ) );
		register_rest_route( self::PLACE, '/storefront', array( $route( 'POST, PUT, PATCH', 'storefront' ) ) );
		register_rest_route( self::PLACE, '/discount', array( $route( 'POST, PUT, PATCH', 'discount' ), $route( 'DELETE', 'no_discount' ) ) );
		register_rest_route( self::PLACE, '/codes', array( $route( 'POST, PUT, PATCH', 'codes' ) ) );
	}

	/**
	 * Only who manages the shop: a key's user, or somebody signed in.
	 *
	 * @return true|WP_Error
	 */
	public static function may() {
		if ( current_user_can( 'manage_woocommerce' ) ) { // phpcs:ignore WordPress.WP.Capabilities.Unknown -- WooCommerce adds this capability.
			return true;
		}
		$message = __( 'Only a key or a user who may manage WooCommerce can do this.', 'trellis-for-woocommerce' );
		return new WP_Error( 'trellis_forbidden', $message, array( 'status' => rest_authorization_required_code() ) );
	}

	/**
	 * What the app wants to know of this store.
	 */
	public static function status() {
		$connection = Connection::get();
		return array(
			'version'           => TRELLIS_WOOCOMMERCE_VERSION,
			'contract'          => TRELLIS_WOOCOMMERCE_CONTRACT,
			'wordpress'         => get_bloginfo( 'version' ),
			'woocommerce'       => WC()->version,
			'php'               => PHP_VERSION,
			// In which mails are written to customers of whom no language is known.
			'locale'            => get_locale(),
			'connected'         => null !== $connection,
			'shopId'            => $connection ? $connection['shopId'] : null,
			// An app that has another secret hands its own over: this one's calls would all be refused.
			'secretFingerprint' => $connection ? substr( hash( 'sha256', $connection['secret'] ), 0, 16 ) : null,
			'optedIn'           => null !== Connection::opted_in(),
			'blockTheme'        => wp_is_block_theme(),
			'blocks'            => Placed_Blocks::names(),
			'problems'          => array_column( Health::quick(), 'code' ),
		);
	}

	/**
	 * Takes the connection over, once the merchant agreed in this store.
	 *
	 * @param WP_REST_Request $request Body: shopId, appUrl, secret.
	 * @return array|WP_Error
	 */
	public static function connect( WP_REST_Request $request ) {
		$agreed = Connection::opted_in();
		if ( null === $agreed ) {
			return new WP_Error( 'trellis_not_opted_in', __( 'The merchant has not agreed yet: open WooCommerce, Trellis in this store and press Connect.', 'trellis-for-woocommerce' ), array( 'status' => 409 ) );
		}
		$body = Bodies::connection( $request->get_json_params(), Connection::is_local() );
		if ( is_string( $body ) ) {
			return self::malformed( $body );
		}
		if ( $body['appUrl'] !== $agreed['appUrl'] ) {
			/* translators: 1: address that the merchant agreed to, 2: address that asks */
			$message = sprintf( __( 'The merchant agreed to connect with %1$s, not with %2$s. Connect again in WooCommerce, Trellis.', 'trellis-for-woocommerce' ), $agreed['appUrl'], $body['appUrl'] );
			return new WP_Error( 'trellis_other_app', $message, array( 'status' => 409 ) );
		}
		Forget::stop();
		Connection::set( array_merge( $body, array( 'keyId' => Keys::current() ) ) );
		Numbers::clear();
		Health::clear();
		return array( 'connected' => true );
	}

	/**
	 * Whether the store is connected, for everybody: its pages show that anyway.
	 */
	public static function connection() {
		return array( 'connected' => Connection::was_made() );
	}

	/**
	 * The app lets go of the store, and its key goes with it, last: a key that works no more says that all this was done,
	 * and with one that works it is done again.
	 */
	public static function disconnect() {
		$connection = Connection::get();
		$keys       = array( Keys::current(), $connection ? (int) $connection['keyId'] : 0 );
		Connection::forget();
		Forget::begin();
		Forget::remove_offers( Forget::BATCH );
		foreach ( array_unique( $keys ) as $key_id ) {
			Keys::revoke( $key_id );
		}
		return array( 'connected' => false );
	}

	/**
	 * Stores what pages show, shop-wide.
	 *
	 * @param WP_REST_Request $request Body: StorefrontPublication.
	 * @return array|WP_Error
	 */
	public static function storefront( WP_REST_Request $request ) {
		$refused = self::not_of( $request );
		if ( $refused ) {
			return $refused;
		}
		$wrong = Bodies::storefront( $request->get_json_params(), Connection::get() );
		if ( null !== $wrong ) {
			return self::malformed( $wrong );
		}
		Connection::prepare();
		self::store( 'trellis_storefront', $request, 'storefront' );
		return array( 'stored' => true );
	}

	/**
	 * Stores what carts are priced by.
	 *
	 * @param WP_REST_Request $request Body: DiscountPublication.
	 * @return array|WP_Error
	 */
	public static function discount( WP_REST_Request $request ) {
		$refused = self::not_of( $request );
		if ( $refused ) {
			return $refused;
		}
		$wrong = Bodies::discount( $request->get_json_params() );
		if ( null !== $wrong ) {
			return self::malformed( $wrong );
		}
		self::store( 'trellis_discount', $request, 'discount' );
		return array( 'discountId' => 'trellis' );
	}

	/**
	 * Stores what codes must leave of each product.
	 *
	 * @param WP_REST_Request $request Body: guard.
	 * @return array|WP_Error
	 */
	public static function codes( WP_REST_Request $request ) {
		$refused = self::not_of( $request );
		if ( $refused ) {
			return $refused;
		}
		$body = $request->get_json_params();
		if ( null === Code_Rules::guard( isset( $body['guard'] ) ? $body['guard'] : null ) ) {
			return self::malformed( 'guard' );
		}
		self::store( 'trellis_codes', $request, 'codes' );
		return array( 'stored' => true );
	}

	/**
	 * From now on carts cost what WooCommerce says.
	 */
	public static function no_discount() {
		delete_option( 'trellis_discount' );
		do_action( 'trellis_published', 'discount' );
		return array( 'discountId' => null );
	}

	/**
	 * What may not be published, or null.
	 *
	 * @param WP_REST_Request $request A publication.
	 * @return WP_Error|null
	 */
	private static function not_of( WP_REST_Request $request ) {
		if ( null === Connection::get() ) {
			return new WP_Error( 'trellis_not_connected', __( 'This store is not connected to Trellis.', 'trellis-for-woocommerce' ), array( 'status' => 409 ) );
		}
		if ( strlen( $request->get_body() ) > Bodies::LARGEST ) {
			/* translators: %d: kilobytes */
			$message = sprintf( __( 'The body is larger than %d kB.', 'trellis-for-woocommerce' ), Bodies::LARGEST / 1024 );
			return new WP_Error( 'trellis_too_large', $message, array( 'status' => 413 ) );
		}
		return null;
	}

	/**
	 * Keeps the text as it came, because empty objects and lists look alike once they are arrays of PHP.
	 *
	 * @param string          $option  Name of the option.
	 * @param WP_REST_Request $request Its body is JSON.
	 * @param string          $what    Which publication.
	 */
	private static function store( $option, WP_REST_Request $request, $what ) {
		$text = (string) wp_json_encode( json_decode( $request->get_body() ), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
		// What every page shows comes with the options that every page reads, unless it is large; carts ask for the others.
		update_option( $option, $text, 'storefront' === $what && strlen( $text ) <= self::MOST_AT_HAND );
		/**
		 * Something was published: what was made of the old one is out of date.
		 *
		 * @param string $what `storefront`, `discount` or `codes`; `settings` for the merchant's choices.
		 */
		do_action( 'trellis_published', $what );
	}

	/**
	 * An answer of 400.
	 *
	 * @param string $field What is wrong.
	 */
	private static function malformed( $field ) {
		/* translators: %s: name of a field in a request */
		$message = sprintf( __( 'The field "%s" is missing or not readable.', 'trellis-for-woocommerce' ), $field );
		return new WP_Error( 'trellis_malformed', $message, array( 'status' => 400 ) );
	}
}
