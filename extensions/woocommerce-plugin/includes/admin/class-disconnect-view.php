<?php
/**
 * The way out.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Connection\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * Asks before the store is disconnected.
 */
final class Disconnect_View {

	/**
	 * Prints the link to the question.
	 */
	public static function link() {
		$connection = Connection::get();
		/* translators: %s: address of the app */
		echo '<p>' . esc_html( sprintf( __( 'Connected with %s.', 'trellis-for-woocommerce' ), $connection ? $connection['appUrl'] : '' ) ) . ' ';
		echo '<a href="' . esc_url( Page::url( array( 'view' => 'disconnect' ) ) ) . '">' . esc_html__( 'Disconnect …', 'trellis-for-woocommerce' ) . '</a></p>';
	}

	/**
	 * Prints the question.
	 */
	public static function show() {
		echo '<div class="card"><h2>' . esc_html__( 'Disconnect this store from Trellis?', 'trellis-for-woocommerce' ) . '</h2><ul class="ul-disc">';
		$follows = array(
			__( 'Bundles, suggestions and the discounts of Trellis end at once, also in carts that are open now.', 'trellis-for-woocommerce' ),
			__( 'The key and the webhooks of Trellis are deleted, and what it published is removed from your products.', 'trellis-for-woocommerce' ),
			__( 'Orders stay as they are. Trellis keeps or deletes its copy as its privacy policy says.', 'trellis-for-woocommerce' ),
		);
		foreach ( $follows as $text ) {
			echo '<li>' . esc_html( $text ) . '</li>';
		}
		echo '</ul>';
		Page::form( 'disconnect' );
		echo '<p class="trellis-actions"><button type="submit" class="button button-primary">' . esc_html__( 'Disconnect', 'trellis-for-woocommerce' ) . '</button> ';
		echo '<a class="button" href="' . esc_url( Page::url() ) . '">' . esc_html__( 'Keep connected', 'trellis-for-woocommerce' ) . '</a></p></form></div>';
	}
}
