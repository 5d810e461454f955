<?php
/**
 * A store whose WooCommerce is too old.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Plugin;

defined( 'ABSPATH' ) || exit;

/**
 * Says why nothing happens. It is all that runs there.
 */
final class Old_Store {

	/**
	 * Prints the note, to whoever can update WooCommerce.
	 */
	public static function show() {
		if ( ! current_user_can( 'update_plugins' ) ) {
			return;
		}
		Plugin::load_translations();
		/* translators: 1: version that is needed, 2: version of this store */
		$text = __( 'Trellis for WooCommerce needs WooCommerce %1$s or later, this store has %2$s. Until it is updated, Trellis shows and prices nothing here.', 'trellis-for-woocommerce' );
		echo '<div class="notice notice-error"><p>' . esc_html( sprintf( $text, Plugin::LEAST_WOOCOMMERCE, WC_VERSION ) ) . '</p></div>';
	}
}
