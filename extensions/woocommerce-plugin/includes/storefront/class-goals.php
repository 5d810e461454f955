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
		return '' === $html ? '' : $html . $page->render( 'trellis-more', array() ) . self::stylesheet( $context );
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
