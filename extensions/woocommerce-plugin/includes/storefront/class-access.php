<?php
/**
 * Products that are kept for some customers.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Storefront\Runtime\Customer_Drop;
use Trellis\WooCommerce\Storefront\Runtime\Json;
use Trellis\WooCommerce\Storefront\Runtime\Page_Context;
use Trellis\WooCommerce\Storefront\Runtime\Renderer;
use Trellis\WooCommerce\Storefront\Runtime\Values;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce asks of each product whether it may be bought: before it shows the form, before it puts the product into a
 * cart, and again for every cart. So one answer here holds on every way to the checkout, the Store API's too.
 */
final class Access {

	/** Post meta of a product, as the app publishes it. */
	const META = '_trellis_access';

	/**
	 * Answers of `of` by product, once a page is being made: WooCommerce asks several times of each product of a list, and
	 * nothing is published from there on.
	 *
	 * @var array
	 */
	private static $known = array();

	/**
	 * Whether the product may be bought by whoever stands before us. Staff may: they sell at the counter and look at pages.
	 *
	 * @param bool        $purchasable What WooCommerce thinks.
	 * @param \WC_Product $product     A product or a variation.
	 * @return bool
	 */
	public static function is_purchasable( $purchasable, $product ) {
		if ( ! $purchasable || ! is_object( $product ) ) {
			return $purchasable;
		}
		$parent = $product->get_parent_id( 'edit' );
		$access = self::of( $parent > 0 ? $parent : $product->get_id() );
		return null === $access || self::may( $access ) || ( get_current_user_id() > 0 && current_user_can( 'manage_woocommerce' ) ); // phpcs:ignore WordPress.WP.Capabilities.Unknown -- WooCommerce adds this capability.
	}

	/**
	 * For whom a product is kept; null for one that everybody may buy.
	 *
	 * @param int $id Product.
	 * @return object|array|null
	 */
	public static function of( $id ) {
		if ( ! did_action( 'template_redirect' ) ) {
			return self::read( $id );
		}
		if ( ! array_key_exists( $id, self::$known ) ) {
			self::$known[ $id ] = self::read( $id );
		}
		return self::$known[ $id ];
	}

	/**
	 * The same by what stands in the database.
	 *
	 * @param int $id Product.
	 * @return object|array|null
	 */
	private static function read( $id ) {
		$stored = get_post_meta( $id, self::META, true );
		if ( ! is_string( $stored ) || '' === $stored ) {
			return null;
		}
		$access = Json::decode( $stored );
		$ends   = Values::get( $access, 'endsAt' );
		$over   = is_string( $ends ) && strtotime( $ends ) <= time();
		return $access && ! $over ? $access : null;
	}

	/**
	 * Whether whoever is logged in holds one of the keys.
	 *
	 * @param object|array $access See `of`.
	 */
	private static function may( $access ) {
		$customer = Customer_Drop::current();
		$held     = null === $customer ? array() : explode( ' ', Customer_Drop::keys( get_current_user_id() ) );
		foreach ( Values::items( Values::get( $access, 'keys' ) ) as $key ) {
			if ( is_string( $key ) && '' !== $key && in_array( $key, $held, true ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Says on the product's page for whom it is kept.
	 */
	public static function below_price() {
		if ( null === self::of( get_queried_object_id() ) ) {
			return;
		}
		$product = wc_get_product( get_queried_object_id() );
		if ( ! $product ) {
			return;
		}
		add_filter( 'trellis_routes', array( __CLASS__, 'routes' ) );
		echo Renderer::render( 'members-only', Page_Context::for_product( $product, array() ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- The template escapes.
		remove_filter( 'trellis_routes', array( __CLASS__, 'routes' ) );
	}

	/**
	 * Where customers of this store log in.
	 *
	 * @param string[] $routes See `Page_Context`.
	 * @return string[]
	 */
	public static function routes( $routes ) {
		$routes['account_login_url'] = esc_url( wc_get_page_permalink( 'myaccount' ) );
		return $routes;
	}
}
