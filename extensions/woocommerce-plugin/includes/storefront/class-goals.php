<?php
/**
 * Progress towards what the cart earns.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Storefront\Runtime\Page;

defined( 'ABSPATH' ) || exit;

/**
 * The bars on any page: they are printed for an empty cart, and the script brings them to what the cart holds.
 */
final class Goals {

	/**
	 * A shopper who has a cart, which WooCommerce's cookie tells, is not told first that it is empty: the bar waits in its
	 * place until the script has filled it, two seconds at most.
	 */
	const WAIT = '<script>/woocommerce_items_in_cart=1/.test(document.cookie)&&(document.documentElement.dataset.trellisCart="")</script><style>html[data-trellis-cart] .trellis-goals:has(progress[value="0"]){animation:trellis-wait 2s}@keyframes trellis-wait{0%,99%{visibility:hidden}}</style>';

	/**
	 * HTML of the bars; '' where the store has none.
	 *
	 * @param array $context See `Page_Context`.
	 * @return string
	 */
	public static function html( array $context ) {
		$page   = new Page( $context['globals'], $context['assets'], $context['version'] );
		$fields = $context['globals']['app']['metafields']['$app'];
		$html   = trim(
			$page->render(
				'trellis-goals',
				array(
					'goals'    => $fields->get( 'goals' )['value'],
					'products' => $fields->get( 'goal_products' )['value'],
					'place'    => 'drawer',
				)
			)
		);
		return '' === $html ? '' : ( is_cart() ? '' : self::WAIT ) . $html . $page->render( 'trellis-more', array() ) . self::stylesheet( $context );
	}

	/**
	 * The link that the blocks' templates print themselves.
	 *
	 * @param array $context See `Page_Context`.
	 * @return string
	 */
	private static function stylesheet( array $context ) {
		return '<link rel="stylesheet" href="' . esc_url( $context['assets'] . '/trellis.css?ver=' . $context['version'] ) . '">'; // phpcs:ignore WordPress.WP.EnqueuedResources -- Where the widget stands, so that nothing above waits for it.
	}
}
