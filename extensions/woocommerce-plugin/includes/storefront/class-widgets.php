<?php
/**
 * The widgets by name.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Storefront\Runtime\Page_Context;
use Trellis\WooCommerce\Storefront\Runtime\Renderer;
use Trellis\WooCommerce\Storefront\Runtime\Schemas;

defined( 'ABSPATH' ) || exit;

/**
 * What a block, a shortcode and a place of the theme have in common.
 */
final class Widgets {

	/** Widgets that a product or a merchant's choice fills, as the templates are named. */
	const SECTIONS = array( 'bought-together', 'bundle', 'build-a-box', 'earn-points' );

	/** Widgets of the cart: progress towards its rewards, and the place of both goals and suggestions on the cart's page. */
	const PARTS = array( 'goals', 'cart-place' );

	/**
	 * HTML of a widget; '' where it has nothing to show.
	 *
	 * @param string           $name     One of the two lists.
	 * @param array            $settings Chosen settings by id; texts as shortcodes give them are understood.
	 * @param \WC_Product|null $product  The product that it stands beside; null = that of the page.
	 * @return string
	 */
	public static function html( $name, array $settings, $product = null ) {
		if ( ! Storefront::is_published() || Storefront::is_amp() || is_feed() ) {
			return '';
		}
		if ( 'cart-place' === $name ) {
			return Places::cart_place();
		}
		$settings += self::defaults();
		$context   = $product ? Page_Context::for_product( $product, $settings ) : Page_Context::for_page( $settings );
		$html      = 'goals' === $name ? Goals::html( $context ) : Renderer::render( $name, $context );
		if ( '' !== $html ) {
			Embed::want();
		}
		return self::dressed( $html );
	}

	/**
	 * HTML with the class that block themes style their buttons by.
	 *
	 * @param string $html HTML of a template.
	 * @return string
	 */
	public static function dressed( $html ) {
		return false !== strpos( $html, ' button"' ) && wp_is_block_theme() ? str_replace( ' button"', ' button wp-element-button"', $html ) : $html;
	}

	/**
	 * Name and settings of a widget for the editor, in the language of the admin.
	 *
	 * @param string $name One of the two lists.
	 * @return array{name: string, settings: array}
	 */
	public static function schema( $name ) {
		if ( 'goals' === $name ) {
			return array(
				'name'     => __( 'Cart rewards', 'trellis-for-woocommerce' ),
				'settings' => array(),
			);
		}
		if ( 'cart-place' === $name ) {
			return array(
				'name'     => __( 'Cart suggestions', 'trellis-for-woocommerce' ),
				'settings' => array(),
			);
		}
		$schema   = Schemas::of( $name, strtolower( substr( determine_locale(), 0, 2 ) ) );
		$defaults = self::defaults();
		foreach ( $schema['settings'] as $at => $setting ) {
			if ( isset( $defaults[ $setting['id'] ] ) ) {
				$schema['settings'][ $at ]['default'] = $defaults[ $setting['id'] ];
			}
		}
		return $schema;
	}

	/**
	 * Settings that the store has decided already.
	 *
	 * @return array
	 */
	private static function defaults() {
		return array( 'stay' => 'yes' !== get_option( 'woocommerce_cart_redirect_after_add' ) );
	}
}
