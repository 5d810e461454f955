<?php
/**
 * Prints the widgets.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * The way from a block's name and what `Page_Context` gathered to HTML.
 */
final class Renderer {

	/**
	 * HTML of a block; '' where there is nothing to show. A fault in it is logged and costs the page this block only.
	 *
	 * @param string $template Block: `bought-together`, `bundle`, `build-a-box` or `embed`.
	 * @param array  $context  What `Page_Context` gathered.
	 * @return string
	 */
	public static function render( $template, array $context ) {
		try {
			return trim( self::print_block( $template, $context ) );
		} catch ( \Throwable $fault ) {
			wc_get_logger()->error(
				$template . ': ' . $fault->getMessage(),
				array(
					'source' => 'trellis-for-woocommerce',
					'where'  => $fault->getFile() . ':' . $fault->getLine(),
				)
			);
			return '';
		}
	}

	/**
	 * HTML of a block as its template prints it.
	 *
	 * @param string $template Block.
	 * @param array  $context  `globals`, `block` (`id` and the chosen `settings`), `assets` and `version`.
	 * @return string
	 */
	public static function print_block( $template, array $context ) {
		$page  = new Page( $context['globals'], $context['assets'], isset( $context['version'] ) ? $context['version'] : '' );
		$block = array(
			'id'                 => $context['block']['id'],
			'settings'           => Schemas::settings( $template, $context['block']['settings'] ),
			'shopify_attributes' => '',
		);
		return $page->render( $template, array( 'block' => $block ) );
	}
}
