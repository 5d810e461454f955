<?php
/**
 * Suggestions for a cart.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Connection\Pause;
use Trellis\WooCommerce\Pricing\Cart_Reader;
use Trellis\WooCommerce\Pricing\Exchange;
use Trellis\WooCommerce\Settings;
use WP_REST_Request;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * `GET trellis/v1/cart`: asks the app on the browser's behalf, so that it calls nobody but the store. A slow or absent
 * app costs a page nothing: the widget keeps what it shows.
 */
final class Cart_Route {

	/** Seconds that an answer that is nobody's own is kept. */
	const KEPT = 30;

	/** Products of a cart that are told; the app hears some of them and suggests none. */
	const MOST = 500;

	/**
	 * Registers the route.
	 */
	public static function register() {
		register_rest_route(
			'trellis/v1',
			// With plain permalinks the route is a field of the address, and what the script puts behind it belongs to the route.
			'/cart(?:\?products=(?P<products>[0-9,]*))?',
			array(
				'methods'             => 'GET',
				'callback'            => array( __CLASS__, 'answer' ),
				// Anybody may ask what goes with a cart; the answer holds what the shop shows everybody.
				'permission_callback' => '__return_true',
				'args'                => array(
					'products' => array(
						'type'      => 'string',
						'default'   => '',
						'maxLength' => 8000,
						'pattern'   => '^[0-9,]*$',
					),
					'limit'    => array(
						'type'    => 'integer',
						'default' => 4,
						'minimum' => 1,
						// As many as the app answers with.
						'maximum' => 10,
					),
					'visitor'  => array(
						'type'   => 'string',
						'format' => 'uuid',
					),
					'box'      => array(
						'type'   => 'string',
						'format' => 'uuid',
					),
					// Which widget asks: one that an experiment keeps from the visitor gets nothing to show.
					'widget'   => array(
						'type'      => 'string',
						'default'   => '',
						'maxLength' => 20,
						'pattern'   => '^[a-z-]*$',
					),
				),
			)
		);
	}

	/**
	 * Answers what goes with a cart.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return WP_REST_Response
	 */
	public static function answer( $request ) {
		$products = array_slice( array_unique( array_filter( array_map( 'absint', explode( ',', $request['products'] ) ) ) ), 0, self::MOST );
		sort( $products );
		$query = array(
			'products' => implode( ',', $products ),
			'limit'    => (int) $request['limit'],
			'visitor'  => 'off' === Settings::get()['consent'] ? null : $request['visitor'],
			'customer' => self::customer(),
			'box'      => $request['box'],
			'widget'   => '' === $request['widget'] ? null : $request['widget'],
		);
		$own   = null !== $query['visitor'] || null !== $query['customer'];
		$asked = get_option( 'trellis_cart_turn', 0 ) . Exchange::currency() . wp_json_encode( $query );
		$known = $own ? null : Kept::get( 'cart', $asked );
		if ( null !== $known ) {
			return self::respond( $known, 200, false );
		}
		$answer = Pause::call( 'cart', 'GET', '/plugin/woocommerce/shopper/cart', $query, null, 2.0 );
		if ( ! is_array( $answer ) || ! isset( $answer['suggestions'] ) || ! is_array( $answer['suggestions'] ) ) {
			return self::respond( array( 'suggestions' => array() ), 503, true );
		}
		$answer['suggestions'] = self::of_store( $answer['suggestions'] );
		if ( ! $own ) {
			Kept::set( 'cart', $asked, $answer, self::KEPT );
		}
		return self::respond( $answer, 200, $own );
	}

	/**
	 * The suggestions with the addresses and prices that the store itself gives its products: the app knows neither how
	 * addresses are built nor which tax and which currency a page shows. What shoppers may not see any more falls away.
	 *
	 * @param array $suggestions As the app answered.
	 * @return array
	 */
	private static function of_store( array $suggestions ) {
		$ids = array_map( 'absint', array_merge( array_column( $suggestions, 'productId' ), array_column( $suggestions, 'variantId' ) ) );
		_prime_post_caches( array_unique( $ids ), true, true );
		$currency = Exchange::currency();
		$known    = array();
		foreach ( $suggestions as $suggestion ) {
			$id   = isset( $suggestion['productId'] ) ? absint( $suggestion['productId'] ) : 0;
			$sold = isset( $suggestion['variantId'] ) ? wc_get_product( absint( $suggestion['variantId'] ) ) : null;
			if ( $id > 0 && $sold && 'product' === get_post_type( $id ) && 'publish' === get_post_status( $id ) ) {
				$own     = array(
					'url'   => get_permalink( $id ),
					'price' => array(
						'minor'    => Cart_Reader::minor( wc_get_price_to_display( $sold ), $currency ),
						'currency' => $currency,
					),
				);
				$known[] = array_merge( $suggestion, $own );
			}
		}
		return $known;
	}

	/**
	 * What was published changed: answers that are kept are those of before.
	 */
	public static function forget() {
		update_option( 'trellis_cart_turn', 1 + (int) get_option( 'trellis_cart_turn', 0 ), true );
	}

	/**
	 * Who is logged in to the store. A request without a nonce is nobody's to REST; this one only reads, so the cookie is
	 * enough where one of the store's own pages asks.
	 *
	 * @return string|null
	 */
	private static function customer() {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- See above.
		$user = self::is_own_page( $_SERVER, $_GET, home_url() ) ? wp_validate_auth_cookie( '', 'logged_in' ) : false;
		return $user ? (string) $user : null;
	}

	/**
	 * True unless another site's page asks: WordPress lets any origin read what REST answers, by script elements too.
	 *
	 * @param array  $server Of the request.
	 * @param array  $query  Fields of the address.
	 * @param string $home   Address of the store.
	 */
	public static function is_own_page( array $server, array $query, $home ) {
		$site   = isset( $server['HTTP_SEC_FETCH_SITE'] ) ? $server['HTTP_SEC_FETCH_SITE'] : 'same-origin';
		$origin = isset( $server['HTTP_ORIGIN'] ) ? $server['HTTP_ORIGIN'] : '';
		$own    = preg_replace( '#^(https?://[^/]+).*$#is', '$1', $home );
		return ! isset( $query['_jsonp'] ) && 'same-origin' === $site && ( '' === $origin || 0 === strcasecmp( $origin, (string) $own ) );
	}

	/**
	 * Makes a response.
	 *
	 * @param array $body   Answer.
	 * @param int   $status HTTP status.
	 * @param bool  $own    True for what is one visitor's, or no answer at all: it is not kept.
	 */
	private static function respond( array $body, $status, $own ) {
		$response = new WP_REST_Response( $body, $status );
		$response->header( 'Cache-Control', $own ? 'no-store' : 'public, max-age=' . self::KEPT );
		$response->header( 'Vary', 'Cookie' );
		return $response;
	}
}
