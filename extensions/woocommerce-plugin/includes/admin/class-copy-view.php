<?php
/**
 * The page in a copy of a connected store.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Connection\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * Asks whether the store moved or was copied.
 */
final class Copy_View {

	/**
	 * Prints the question.
	 */
	public static function show() {
		/* translators: %s: address of a store */
		$found = sprintf( __( 'Trellis is connected with %s, and this store has another address. Until you decide, nothing is sent from here.', 'trellis-for-woocommerce' ), Connection::copy_of() );
		echo '<div class="card"><h2>' . esc_html__( 'Is this a copy of your store?', 'trellis-for-woocommerce' ) . '</h2><p>' . esc_html( $found ) . '</p><div class="trellis-actions">';
		Page::form( 'forget' );
		echo '<button type="submit" class="button">' . esc_html__( 'It is a copy: leave the original alone', 'trellis-for-woocommerce' ) . '</button></form>';
		Page::form( 'moved' );
		echo '<button type="submit" class="button">' . esc_html__( 'My store moved here: keep the connection', 'trellis-for-woocommerce' ) . '</button></form></div></div>';
	}
}
