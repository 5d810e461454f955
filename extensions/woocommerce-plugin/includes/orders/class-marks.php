<?php
/**
 * What orders remember of the shopper's way.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Orders;

use Trellis\WooCommerce\Settings;
use WC_Order;
use WC_Order_Item_Product;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * The visitor's number (only after consent) and which widget a line came from. They are hints for measurement: shoppers
 * can change them, and no price depends on a line's mark.
 */
final class Marks {

	const VISITOR = '_trellis_visitor';

	/** Cart item data => line meta. */
	const LINE = array(
		'trellis_bundle' => '_trellis_bundle',
		'trellis_source' => '_trellis_source',
	);

	/** Key of the session and name of the cookie. */
	const SESSION = 'trellis_visitor';

	const UUID = '/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/D';

	/**
	 * Takes what the script tells; anything but a number of ours forgets it.
	 *
	 * @param mixed $data `visitor`: uuid, or '' after consent was taken back.
	 */
	public static function told( $data ) {
		if ( is_array( $data ) && isset( $data['visitor'] ) && WC()->session ) {
			$visitor = self::uuid( $data['visitor'] );
			WC()->session->set( self::SESSION, '' === $visitor ? null : $visitor );
		}
	}

	/**
	 * Number of the visitor who stands before us, '' without one or without consent.
	 */
	public static function visitor() {
		$consent = Settings::get()['consent'];
		$agreed  = function_exists( 'wp_has_consent' ) ? wp_has_consent( 'statistics' ) : 'bar' === $consent;
		if ( 'off' === $consent || ! $agreed ) {
			return '';
		}
		$told = WC()->session ? self::uuid( WC()->session->get( self::SESSION ) ) : '';
		if ( '' !== $told || ! isset( $_COOKIE[ self::SESSION ] ) ) {
			return $told;
		}
		return self::uuid( sanitize_text_field( wp_unslash( $_COOKIE[ self::SESSION ] ) ) );
	}

	/**
	 * Cart item data of a line that one of our widgets added.
	 *
	 * @param mixed $bundle Id of the bundle.
	 * @param mixed $source Name of the widget.
	 * @return array<string, string>
	 */
	public static function line( $bundle, $source ) {
		$marks = array(
			'trellis_bundle' => $bundle,
			'trellis_source' => $source,
		);
		return array_filter(
			$marks,
			static function ( $mark ) {
				return is_string( $mark ) && preg_match( '/^[A-Za-z0-9_:.-]{1,64}$/D', $mark );
			}
		);
	}

	/**
	 * Reads the marks of a line that a script adds: `trellis: { bundle, source }`.
	 *
	 * @param array           $data    Id, quantity, variation, cart_item_data.
	 * @param WP_REST_Request $request Of the Store API.
	 */
	public static function from_request( $data, $request ) {
		$sent = $request instanceof WP_REST_Request ? $request->get_param( 'trellis' ) : null;
		if ( is_array( $sent ) && is_array( $data ) ) {
			$marks = self::line( isset( $sent['bundle'] ) ? $sent['bundle'] : null, isset( $sent['source'] ) ? $sent['source'] : null );

			$data['cart_item_data'] = array_merge( isset( $data['cart_item_data'] ) ? (array) $data['cart_item_data'] : array(), $marks );
		}
		return $data;
	}

	/**
	 * What is sold one by one stays one line: under two marks it would be two, and WooCommerce would let both in.
	 *
	 * @param mixed $data      Cart item data.
	 * @param int   $product   The product.
	 * @param int   $variation Its variation, 0 without.
	 * @return mixed
	 */
	public static function once( $data, $product, $variation = 0 ) {
		$added = is_array( $data ) && array_intersect_key( $data, self::LINE ) ? wc_get_product( $variation ? $variation : $product ) : null;
		return $added && $added->is_sold_individually() ? array_diff_key( $data, self::LINE ) : $data;
	}

	/**
	 * Writes the visitor on the order. The Store API asks for each change of a draft: consent taken back in between counts.
	 *
	 * @param WC_Order $order Saved by whoever calls.
	 */
	public static function mark_order( $order ) {
		if ( ! $order instanceof WC_Order ) {
			return;
		}
		$visitor = self::visitor();
		if ( '' === $visitor ) {
			$order->delete_meta_data( self::VISITOR );
		} else {
			$order->update_meta_data( self::VISITOR, $visitor );
		}
		if ( $order->get_id() > 0 ) {
			$order->save_meta_data();
		}
	}

	/**
	 * Writes the marks of a line.
	 *
	 * @param WC_Order_Item_Product $item   Saved by whoever calls.
	 * @param string                $key    Of the cart's line.
	 * @param array                 $values The cart's line.
	 */
	public static function mark_line( $item, $key, $values ) {
		unset( $key );
		foreach ( self::LINE as $from => $to ) {
			if ( isset( $values[ $from ] ) && is_string( $values[ $from ] ) && '' !== $values[ $from ] ) {
				$item->update_meta_data( $to, $values[ $from ] );
			}
		}
	}

	/**
	 * A UUID in lower case, or ''.
	 *
	 * @param mixed $value Anything.
	 */
	private static function uuid( $value ) {
		$text = is_string( $value ) ? strtolower( $value ) : '';
		return preg_match( self::UUID, $text ) ? $text : '';
	}
}
