<?php
/**
 * Adds what a widget's form asks for.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Orders\Marks;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * One address for forms (which are led to the cart) and for the script (which gets JSON): all lines or none. As with
 * WooCommerce's own add-to-cart there is no nonce, because pages come out of caches; what it does can be undone by
 * whoever has the cart, and no price is taken from the request.
 */
final class Cart_Post {

	/** Lines of one request. */
	const MOST_LINES = 50;

	/** Units of one line. */
	const MOST_UNITS = 999;

	/**
	 * Hooks the address in, where WooCommerce takes its own.
	 */
	public static function start() {
		add_action( 'wp_loaded', array( __CLASS__, 'answer' ), 20 );
	}

	/**
	 * Answers a request to the address.
	 */
	public static function answer() {
		// phpcs:disable WordPress.Security.NonceVerification -- See above.
		$key = key( Runtime\Page_Context::CART_ADD_QUERY );
		if ( ! isset( $_GET[ $key ] ) || current( Runtime\Page_Context::CART_ADD_QUERY ) !== $_GET[ $key ] || ! WC()->cart ) {
			return;
		}
		nocache_headers();
		$is_post = isset( $_SERVER['REQUEST_METHOD'] ) && 'POST' === $_SERVER['REQUEST_METHOD'];
		$is_json = $is_post && isset( $_SERVER['CONTENT_TYPE'] ) && 0 === strpos( sanitize_text_field( wp_unslash( $_SERVER['CONTENT_TYPE'] ) ), 'application/json' );
		if ( $is_json ) {
			$sent   = json_decode( (string) file_get_contents( 'php://input', false, null, 0, 65536 ), true );
			$result = self::add( self::lines( is_array( $sent ) ? $sent : array() ) );
			wc_clear_notices();
			if ( is_wp_error( $result ) ) {
				wp_send_json(
					array(
						'code'    => $result->get_error_code(),
						'message' => $result->get_error_message(),
					),
					422
				);
			}
			wp_send_json( array( 'added' => count( $result ) ) );
		}
		$to = wc_get_cart_url();
		if ( $is_post ) {
			// Each field is read as what it must be.
			$result = self::add( self::lines( wp_unslash( $_POST ) ) ); // phpcs:ignore WordPress.Security.ValidatedSanitizedInput
			$back   = wp_get_referer();
			if ( ! is_wp_error( $result ) ) {
				wc_add_to_cart_message( $result );
			} elseif ( $back ) {
				$to = $back;
			}
			if ( is_wp_error( $result ) && 0 === wc_notice_count( 'error' ) ) {
				wc_add_notice( esc_html( $result->get_error_message() ), 'error' );
			}
		}
		// phpcs:enable
		wp_safe_redirect( $to, 303, 'Trellis' );
		exit;
	}

	/**
	 * What a form asks for, whatever was sent: fields named as Shopify's forms name them.
	 *
	 * @param array $sent Fields: `items[n][id|quantity|properties]`, or `id`, `quantity` and `properties`.
	 * @return array[] Lines with `id`, `quantity` and `marks`; the same thing under the same marks is one line.
	 */
	public static function lines( array $sent ) {
		$items = isset( $sent['items'] ) && is_array( $sent['items'] ) ? $sent['items'] : array( $sent );
		$lines = array();
		foreach ( array_slice( $items, 0, self::MOST_LINES ) as $item ) {
			$id    = isset( $item['id'] ) && is_numeric( $item['id'] ) ? max( 0, (int) $item['id'] ) : 0;
			$units = isset( $item['quantity'] ) && is_numeric( $item['quantity'] ) ? (int) $item['quantity'] : 1;
			if ( 0 === $id || $units < 1 ) {
				continue;
			}
			$marks = isset( $item['properties'] ) && is_array( $item['properties'] ) ? $item['properties'] : array();
			$line  = Marks::line(
				isset( $marks['_trellis_bundle'] ) ? $marks['_trellis_bundle'] : null,
				isset( $marks['_trellis_source'] ) ? $marks['_trellis_source'] : null
			);
			$key   = $id . ':' . implode( ':', $line );
			if ( isset( $lines[ $key ] ) ) {
				$units += $lines[ $key ]['quantity'];
			}
			$lines[ $key ] = array(
				'id'       => $id,
				'quantity' => min( self::MOST_UNITS, $units ),
				'marks'    => $line,
			);
		}
		return array_values( $lines );
	}

	/**
	 * Adds all lines, or none and says why.
	 *
	 * @param array[] $lines See `lines`.
	 * @return array|WP_Error Units by product.
	 */
	private static function add( array $lines ) {
		if ( ! $lines ) {
			return new WP_Error( 'empty', __( 'Select at least one item.', 'trellis-for-woocommerce' ) );
		}
		$cart   = WC()->cart;
		$before = array();
		foreach ( $cart->get_cart() as $key => $item ) {
			$before[ $key ] = $item['quantity'];
		}
		$added = array();
		foreach ( $lines as $line ) {
			$key = self::add_line( $line );
			if ( ! $key ) {
				self::restore( $before );
				return new WP_Error( 'refused', self::reason() );
			}
			$product           = $cart->get_cart_item( $key )['product_id'];
			$added[ $product ] = ( isset( $added[ $product ] ) ? $added[ $product ] : 0 ) + $line['quantity'];
		}
		foreach ( array_keys( $added ) as $product ) {
			// Plugins that count or follow what is added listen to these, as with WooCommerce's own buttons.
			do_action( 'woocommerce_ajax_added_to_cart', $product ); // phpcs:ignore WooCommerce.Commenting.CommentHooks -- Documented by WooCommerce.
		}
		return $added;
	}

	/**
	 * Adds one line through everything that guards the cart.
	 *
	 * @param array $line See `lines`.
	 * @return string|false Key of the cart's line.
	 */
	private static function add_line( array $line ) {
		$product = wc_get_product( $line['id'] );
		if ( ! $product || ! $product->is_purchasable() || 'publish' !== get_post_status( $product->get_parent_id() ? $product->get_parent_id() : $product->get_id() ) ) {
			return false;
		}
		$parent    = $product->is_type( 'variation' ) ? $product->get_parent_id() : $product->get_id();
		$variation = $product->is_type( 'variation' ) ? $product->get_id() : 0;
		$chosen    = $variation ? self::attributes( $product ) : array();
		/** This filter is documented by WooCommerce in includes/class-wc-form-handler.php */
		$passed = apply_filters( 'woocommerce_add_to_cart_validation', true, $parent, $line['quantity'], $variation, $chosen ); // phpcs:ignore WooCommerce.Commenting.CommentHooks
		return $passed ? WC()->cart->add_to_cart( $parent, $line['quantity'], $variation, $chosen, $line['marks'] ) : false;
	}

	/**
	 * Attributes of a variation. Where it leaves one open, the product's default decides.
	 *
	 * @param \WC_Product $variation The variation.
	 * @return array<string, string>
	 */
	private static function attributes( $variation ) {
		$chosen   = $variation->get_variation_attributes();
		$parent   = wc_get_product( $variation->get_parent_id() );
		$defaults = $parent ? $parent->get_default_attributes() : array();
		foreach ( $chosen as $name => $value ) {
			$attribute = str_replace( 'attribute_', '', $name );
			if ( '' === $value && isset( $defaults[ $attribute ] ) ) {
				$chosen[ $name ] = $defaults[ $attribute ];
			}
		}
		return $chosen;
	}

	/**
	 * Brings the cart back to what it was.
	 *
	 * @param array $before Quantities by key.
	 */
	private static function restore( array $before ) {
		foreach ( WC()->cart->get_cart() as $key => $item ) {
			if ( ! isset( $before[ $key ] ) ) {
				WC()->cart->remove_cart_item( $key );
				unset( WC()->cart->removed_cart_contents[ $key ] );
			} elseif ( $before[ $key ] !== $item['quantity'] ) {
				WC()->cart->set_quantity( $key, $before[ $key ], false );
			}
		}
		WC()->cart->calculate_totals();
	}

	/**
	 * Why WooCommerce refused, as text.
	 */
	private static function reason() {
		$errors = wc_get_notices( 'error' );
		$last   = $errors ? end( $errors ) : null;
		$text   = is_array( $last ) && isset( $last['notice'] ) ? html_entity_decode( wp_strip_all_tags( $last['notice'] ), ENT_QUOTES, 'UTF-8' ) : '';
		return '' === $text ? __( 'This cannot be bought right now.', 'trellis-for-woocommerce' ) : $text;
	}
}
