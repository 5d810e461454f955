<?php
/**
 * What the Store API says and takes beyond its own.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce;

use Trellis\WooCommerce\Orders\Marks;
use Trellis\WooCommerce\Pricing\Labels;
use Trellis\WooCommerce\Storefront\Cart_Data;

defined( 'ABSPATH' ) || exit;

/**
 * Registers with the Store API, which every request does. The classes that answer are loaded only when it asks.
 */
final class Store_Api {

	const NAME = 'trellis';

	/**
	 * Hooks the registration in.
	 */
	public static function start() {
		if ( did_action( 'woocommerce_blocks_loaded' ) ) {
			self::register();
		} else {
			add_action( 'woocommerce_blocks_loaded', array( __CLASS__, 'register' ) );
		}
	}

	/**
	 * Lines tell their product, the cart the titles of its offers; the storefront's script tells the visitor by
	 * `cart/extensions`.
	 */
	public static function register() {
		if ( ! function_exists( 'woocommerce_store_api_register_endpoint_data' ) ) {
			return;
		}
		self::tell(
			'cart-item',
			static function ( $item ) {
				return Cart_Data::of_line( $item );
			},
			static function () {
				return Cart_Data::schema();
			}
		);
		self::tell(
			'cart',
			static function () {
				return Labels::titles();
			},
			static function () {
				return Labels::schema();
			}
		);
		woocommerce_store_api_register_update_callback(
			array(
				'namespace' => self::NAME,
				'callback'  => static function ( $data ) {
					Marks::told( $data );
				},
			)
		);
	}

	/**
	 * Registers data of an endpoint.
	 *
	 * @param string   $endpoint Name in the Store API.
	 * @param callable $data     The data.
	 * @param callable $schema   What it looks like.
	 */
	private static function tell( $endpoint, callable $data, callable $schema ) {
		woocommerce_store_api_register_endpoint_data(
			array(
				'endpoint'        => $endpoint,
				'namespace'       => self::NAME,
				'data_callback'   => $data,
				'schema_callback' => $schema,
				'schema_type'     => ARRAY_A,
			)
		);
	}
}
